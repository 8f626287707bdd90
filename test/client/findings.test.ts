/** The tree of findings of the whole workspace. */
import { beforeEach, expect, test, vi } from 'vitest';
import { WorkspaceFindings } from '../../client/src/findings.ts';
import * as editor from './vscode.ts';

vi.mock('vscode', () => import('./vscode.ts'));

const range = { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } };
const answer = {
  files: [
    {
      uri: 'file:///w/api/Dockerfile',
      name: 'api/Dockerfile',
      gainMB: 320.4,
      diagnostics: [{ message: 'gcc', severity: 2, code: 'build-package', range }],
    },
    { uri: 'file:///w/web/Dockerfile', name: 'web/Dockerfile', gainMB: null, diagnostics: [] },
  ],
  checked: 7,
  reason: null,
};
const progress = { report: vi.fn() };
const token = { isCancellationRequested: false };
let reportTo: ((report: object) => void) | undefined;

beforeEach(() => {
  vi.clearAllMocks();
  token.isCancellationRequested = false;
  editor.window.withProgress.mockImplementation((_options: unknown, run: (...given: unknown[]) => unknown) =>
    run(progress, token),
  );
});

function tree(reply: () => Promise<unknown>): WorkspaceFindings {
  return new WorkspaceFindings({
    request: (_method, _parameters, shown) => {
      reportTo = (report) => shown?.report(report as never);
      return reply() as Promise<never>;
    },
  });
}

test('shows files in the order of the server, with the gain, and their findings', async () => {
  const findings = tree(() => Promise.resolve(answer));
  await findings.check();
  const [first, second] = findings.getChildren();
  expect(findings.getTreeItem(first as never)).toMatchObject({
    label: 'api/Dockerfile',
    description: 'about 320 MB · 1',
  });
  expect(findings.getTreeItem(second as never)).toMatchObject({ description: '0' });
  const [finding] = findings.getChildren(first);
  const item = findings.getTreeItem(finding as never);
  expect(item).toMatchObject({ label: 'gcc', description: 'line 5', iconPath: { id: 'warning' } });
  expect(item.command).toMatchObject({ command: 'vscode.open' });
  expect(findings.getChildren(finding)).toEqual([]);
  const view = editor.window.createTreeView.mock.results[0]?.value as { message: string } | undefined;
  expect(view?.message).toBe('Checked: 7, with findings: 2');
});

test('passes the progress on', async () => {
  await tree(() => {
    reportTo?.({ kind: 'report', message: 'a', percentage: 40 });
    reportTo?.({ kind: 'report', message: 'b', percentage: 60 });
    return Promise.resolve(answer);
  }).check();
  expect(progress.report.mock.calls).toEqual([[{ message: 'a', increment: 40 }], [{ message: 'b', increment: 20 }]]);
});

test('cancelled, it leaves what is shown; a failure is not hidden', async () => {
  let reply = (): Promise<unknown> => Promise.resolve(answer);
  const findings = tree(() => reply());
  await findings.check();
  reply = () => Promise.reject(new Error('Cancelled.'));
  await expect(findings.check()).rejects.toThrow('Cancelled.');
  token.isCancellationRequested = true;
  await findings.check();
  expect(findings.getChildren()).toHaveLength(2);
});

test('says why nothing was checked', async () => {
  await tree(() => Promise.resolve({ files: [], checked: 0, reason: 'No.' })).check();
  expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith('No.');
});
