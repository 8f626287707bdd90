import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Status, StatusItem } from '../../client/src/status.ts';
import * as editor from './vscode.ts';

vi.mock('vscode', () => import('./vscode.ts'));

const uri = 'file:///work/Dockerfile';
const status: Status = {
  uri,
  status: 'split',
  label: 'Can be split, about 320 MB',
  detail: 'gcc',
  context: '/work',
  contextBy: 'compose.yaml, service api',
  factsDate: '2026-08-21',
};

beforeEach(() => {
  vi.clearAllMocks();
  editor.window.activeTextEditor = { document: { uri: editor.Uri.parse(uri) } };
});

const beside = vi.fn();

function item(): { item: StatusItem; shown: Record<string, unknown> } {
  const own = new StatusItem([], beside);
  return { item: own, shown: editor.languages.createLanguageStatusItem.mock.results.at(-1)?.value as never };
}

describe('the status item', () => {
  test('says what was found, with the context and the age of the facts, and leads to the preview', () => {
    const { item: own, shown } = item();
    own.update(status);
    expect(beside).toHaveBeenCalledExactlyOnceWith(status);
    expect(shown).toMatchObject({
      text: '$(layers) Can be split, about 320 MB',
      detail: 'gcc',
      command: { command: 'dockerfileStages.previewSplit', arguments: [uri] },
    });
    expect(editor.languages.createLanguageStatusItem.mock.results.at(-1)?.value).toMatchObject({
      text: 'Facts of 2026-08-21',
    });
  });

  test('has no more of a long reason than leaves its link in sight', () => {
    const { item: own, shown } = item();
    own.update({ ...status, detail: '`curl | sh` may read and write anything, so it cannot be told what it needs.' });
    expect(shown['detail']).toBe('`curl | sh` may read and write anything, …');
  });

  test('says why there is nothing', async () => {
    const { item: own, shown } = item();
    const quiet = {
      ...status,
      status: 'nothing-to-gain',
      label: 'Left as it is',
      detail: 'No build tool.',
      context: null,
      contextBy: 'a setting',
      factsDate: null,
    };
    own.update(quiet);
    expect(shown).toMatchObject({
      text: 'Left as it is',
      command: { command: 'dockerfileStages.explain', arguments: [uri] },
    });
    const request = vi.fn(() => Promise.resolve(quiet as never));
    await own.explain({ request });
    expect(request).toHaveBeenCalledExactlyOnceWith('dockerfileStages/status', { uri });
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
      'Left as it is · No build tool. · No build context is read: a setting',
      'Choose Build Context',
    );
  });

  test('explained, a split leads to its preview', async () => {
    const { item: own } = item();
    editor.window.showInformationMessage.mockResolvedValueOnce('Preview');
    await own.explain({ request: () => Promise.resolve(status as never) });
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
      'Can be split, about 320 MB · gcc · Facts of 2026-08-21 · Build context: /work (compose.yaml, service api)',
      'Preview',
      'Choose Build Context',
    );
    await vi.waitFor(() =>
      expect(editor.commands.executeCommand).toHaveBeenCalledExactlyOnceWith('dockerfileStages.previewSplit', uri),
    );
  });

  test('keeps to the active document', () => {
    const { item: own, shown } = item();
    own.update({ ...status, uri: 'file:///other' });
    expect(shown['text']).toBe('Dockerfile Stages');
  });
});
