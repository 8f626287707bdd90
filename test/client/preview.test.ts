import { beforeEach, describe, expect, test, vi } from 'vitest';
import { SplitPreview } from '../../client/src/preview.ts';
import * as editor from './vscode.ts';

vi.mock('vscode', () => import('./vscode.ts'));

const source = editor.Uri.parse('file:///work/Dockerfile');
const answer = {
  version: 3,
  title: 'Split (slim)',
  text: 'FROM a AS builder\nFROM b AS runtime\nCOPY --from=builder /app /app\n',
  savedMB: 320.4,
  edits: [{ range: { start: { line: 0, character: 6 }, end: { line: 0, character: 6 } }, newText: ' AS builder' }],
  left: [{ what: 'gcc', why: 'a compiler', line: 1 }],
  kept: [{ what: 'git', why: 'something may call it', line: 1 }],
  assumed: [{ what: 'x', why: 'x was not read.', line: 9 }],
  copies: [{ what: '/app', why: 'what the build made', line: 2 }],
  targets: ['compose.yaml (service api) builds the target app, which is still the last stage.'],
  tiers: [{ tier: 'slim', title: 'Split (slim)' }],
};
const request = vi.fn();
let preview: SplitPreview;

function page(uri: editor.Uri, lineCount: number, text = '') {
  return {
    document: { uri, lineCount, version: 3, lineAt: (line: number) => ({ range: line, text }) },
    setDecorations: vi.fn(),
  };
}

beforeEach(() => {
  vi.clearAllMocks();
  request.mockReset().mockResolvedValue(answer);
  editor.window.activeTextEditor = page(source, 2);
  editor.window.visibleTextEditors = [];
  editor.workspace.applyEdit.mockResolvedValue(true);
  preview = new SplitPreview({ request });
});

/** Calls that opened a diff editor. */
const diffs = (): unknown[][] =>
  (editor.commands.executeCommand.mock.calls as unknown[][]).filter(([name]) => name === 'vscode.diff');

async function shown(): Promise<editor.Uri> {
  await preview.show();
  const [, , uri] = diffs().at(-1) as [string, unknown, editor.Uri];
  editor.window.tabGroups.activeTabGroup.activeTab = { input: new editor.TabInputTextDiff(source, uri) };
  return uri;
}

const note = (range: number, contentText: string, hoverMessage = contentText): object => ({
  range,
  hoverMessage,
  renderOptions: { after: { contentText } },
});

describe('the preview of a split', () => {
  test('is a diff editor of the document and the result', async () => {
    const uri = await shown();
    expect(request).toHaveBeenCalledExactlyOnceWith('dockerfileStages/preview', { uri: source.toString() });
    expect(diffs()).toEqual([['vscode.diff', source, uri, 'Dockerfile: Split (slim)']]);
    preview.annotate();
    expect(editor.commands.executeCommand).toHaveBeenLastCalledWith(
      'setContext',
      'dockerfileStages.previewActive',
      true,
    );
    expect(preview.provideTextDocumentContent(uri as never)).toBe(answer.text);
  });

  test('tells why there is none', async () => {
    request.mockResolvedValue({ reason: 'It compiles at the start.' });
    await preview.show();
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
      'It compiles at the start.',
      'Choose Build Context',
    );
    expect(editor.commands.executeCommand).not.toHaveBeenCalled();
  });

  test('asks which when there are several, and stops when nothing is chosen', async () => {
    request.mockResolvedValue({ ...answer, tiers: [...answer.tiers, { tier: 'same', title: 'Split (same)' }] });
    editor.window.showQuickPick.mockResolvedValueOnce(undefined);
    await preview.show();
    expect(editor.commands.executeCommand).not.toHaveBeenCalled();
    editor.window.showQuickPick.mockImplementationOnce((items: unknown[]) => Promise.resolve(items[1]));
    await preview.show();
    expect(request).toHaveBeenLastCalledWith('dockerfileStages/preview', { uri: source.toString(), tier: 'same' });
  });

  test('has the reasons beside the lines, several on one line joined, none beyond the end', async () => {
    const uri = await shown();
    const [before, after] = [page(source, 2), page(uri, 3)];
    editor.window.visibleTextEditors = [before, after];
    preview.annotate();
    const notes = (one: typeof before) =>
      (one.setDecorations.mock.calls.at(-1) as [unknown, { range: number; renderOptions: object }[]])[1];
    expect(notes(before)).toEqual([
      note(1, 'left behind: gcc, a compiler; kept: git, something may call it; assumed: x was not read.'),
    ]);
    expect(notes(after)).toEqual([note(2, 'what the build made')]);
    editor.window.visibleTextEditors = [before];
    preview.annotate();
    expect(notes(before)).toEqual([]);
  });

  test('does not name again what the line names; the hover says all', async () => {
    const uri = await shown();
    const before = page(source, 12, 'RUN apt-get install git');
    editor.window.visibleTextEditors = [before, page(uri, 3)];
    preview.annotate();
    expect(before.setDecorations.mock.lastCall?.[1]).toEqual([
      note(
        1,
        'left behind: gcc, a compiler; kept: something may call it',
        'left behind: gcc, a compiler; kept: git, something may call it',
      ),
      note(9, 'assumed: x was not read.'),
    ]);
  });

  test('applies its edits and says what was left, kept and assumed', async () => {
    await shown();
    editor.workspace.openTextDocument.mockResolvedValue({ version: 3 });
    await preview.apply();
    const [edit] = editor.workspace.applyEdit.mock.calls[0] as [editor.WorkspaceEdit];
    expect(edit.replaced).toEqual([[source, new editor.Range(0, 6, 0, 6), ' AS builder']]);
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
      'Left behind: gcc (about 320 MB). Kept: git. Assumed: x was not read. compose.yaml (service api) builds the target app, which is still the last stage.',
      'Undo',
    );
  });

  test('of a document that has changed is not applied', async () => {
    await shown();
    editor.workspace.openTextDocument.mockResolvedValue({ version: 4 });
    await preview.apply();
    expect(editor.workspace.applyEdit).not.toHaveBeenCalled();
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
      'The Dockerfile has changed since the preview.',
      'Preview again',
    );
  });

  test('applies nothing where no preview is open', async () => {
    editor.window.tabGroups.activeTabGroup.activeTab = { input: {} };
    await preview.apply();
    expect(editor.workspace.openTextDocument).not.toHaveBeenCalled();
  });
});

describe('Split This Dockerfile', () => {
  const [{ range, newText }] = answer.edits as [(typeof answer.edits)[0]];
  const two = { ...answer, tiers: [...answer.tiers, { tier: 'same', title: 'Split (same)' }] };
  const active = (version: number): void => {
    editor.window.activeTextEditor = { document: { uri: source, version } };
  };

  test('applies the only split and says what it did', async () => {
    active(3);
    await preview.split();
    const [[edit]] = editor.workspace.applyEdit.mock.calls as unknown as [[editor.WorkspaceEdit]];
    const place = new editor.Range(range.start.line, range.start.character, range.end.line, range.end.character);
    expect(edit.replaced).toEqual([[source, place, newText]]);
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('Left behind: gcc (about 320 MB).'),
      'Undo',
    );
  });

  test('is taken back by the button of its message, unless the text was changed after it', async () => {
    const document = { uri: source, version: 3, isClosed: false };
    editor.window.activeTextEditor = { document };
    let press = (_button: string): void => undefined;
    const pressed = new Promise<string>((resolve) => {
      press = resolve;
    });
    editor.window.showInformationMessage.mockResolvedValueOnce('Undo').mockReturnValueOnce(pressed);
    await preview.split();
    await vi.waitFor(() => expect(editor.commands.executeCommand).toHaveBeenCalledExactlyOnceWith('undo'));
    await preview.split();
    document.version = 4;
    press('Undo');
    await vi.waitFor(() => expect(editor.window.showInformationMessage).toHaveBeenCalledTimes(3));
    expect(editor.window.showInformationMessage).toHaveBeenLastCalledWith(
      'The Dockerfile has changed since the split: undo it there.',
    );
    expect(editor.commands.executeCommand).toHaveBeenCalledOnce();
  });

  test('asks which when there are several', async () => {
    active(3);
    request.mockResolvedValueOnce(two);
    editor.window.showQuickPick.mockImplementationOnce((items: unknown[]) => Promise.resolve(items[1]));
    await preview.split();
    expect(request).toHaveBeenLastCalledWith('dockerfileStages/preview', { uri: source.toString(), tier: 'same' });
    expect(editor.workspace.applyEdit).toHaveBeenCalledOnce();
  });

  test('does nothing when the choice is dismissed, when the text has changed, or without an editor', async () => {
    active(3);
    request.mockResolvedValueOnce(two);
    await preview.split();
    active(4);
    await preview.split();
    editor.window.activeTextEditor = undefined;
    await preview.split();
    expect(editor.workspace.applyEdit).not.toHaveBeenCalled();
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith('Open a Dockerfile first.');
  });

  test('tells why there is none', async () => {
    active(3);
    request.mockResolvedValueOnce({ reason: 'It compiles at the start.' });
    await preview.split();
    expect(editor.workspace.applyEdit).not.toHaveBeenCalled();
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
      'It compiles at the start.',
      'Choose Build Context',
    );
  });
});
