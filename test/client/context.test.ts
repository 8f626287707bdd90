/** The build context as the user sees and chooses it. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { chooseContext, ContextItem } from '../../client/src/context.ts';
import * as editor from './vscode.ts';

vi.mock('vscode', () => import('./vscode.ts'));

const folder = { uri: editor.Uri.parse('file:///w'), name: 'work' };
const options = [
  { label: 'Find it', detail: '/w/api', value: 'auto' },
  { label: 'api', detail: 'compose.yaml, service api', value: 'api' },
];
const update = vi.fn();
let before: object | undefined;

beforeEach(() => {
  vi.clearAllMocks();
  before = undefined;
  editor.window.activeTextEditor = { document: { uri: editor.Uri.parse('file:///w/api/Dockerfile') } };
  editor.workspace.getWorkspaceFolder.mockReturnValue(folder);
  editor.workspace.getConfiguration.mockReturnValue({ update, inspect: () => ({ workspaceFolderValue: before }) });
});

const answering = (answer: unknown) => ({ request: vi.fn(() => Promise.resolve(answer as never)) });
const choose = async (label: string | undefined, answer: unknown = { name: 'api/Dockerfile', options }) => {
  editor.window.showQuickPick.mockImplementationOnce((items: { label: string }[]) =>
    Promise.resolve(items.find((item) => item.label === label)),
  );
  await chooseContext(answering(answer));
};

test('the status item names the folder and who named it, or why there is none', () => {
  const item = new ContextItem([]);
  const shown = editor.languages.createLanguageStatusItem.mock.results.at(-1)?.value as object;
  editor.workspace.asRelativePath.mockReturnValueOnce('api');
  item.render({ uri: 'u', context: '/w/api', contextBy: 'compose.yaml, service api' });
  expect(shown).toMatchObject({ text: 'Build context: api', detail: 'compose.yaml, service api' });
  item.render({ uri: 'u', context: '/w', contextBy: 'a setting' });
  expect(shown).toMatchObject({ text: 'Build context: work' });
  editor.workspace.getWorkspaceFolder.mockReturnValueOnce(undefined);
  item.render({ uri: 'u', context: '/elsewhere', contextBy: 'a setting' });
  expect(shown).toMatchObject({ text: 'Build context: /elsewhere' });
  item.render({ uri: 'u', context: null, contextBy: 'the workspace is not trusted' });
  expect(shown).toMatchObject({ text: 'No build context is read', detail: 'the workspace is not trusted' });
});

describe('Choose Build Context', () => {
  test('writes the folder for this Dockerfile and leaves the others', async () => {
    before = { 'web/Dockerfile': 'web' };
    await choose('api');
    const after = { 'web/Dockerfile': 'web', 'api/Dockerfile': 'api' };
    expect(update).toHaveBeenCalledExactlyOnceWith('contexts', after, 3);
  });

  test('to find it again is to take the setting out', async () => {
    before = { 'api/Dockerfile': 'api' };
    await choose('Find it');
    expect(update).toHaveBeenCalledExactlyOnceWith('contexts', undefined, 3);
  });

  test('a folder is browsed for', async () => {
    editor.window.showOpenDialog.mockResolvedValueOnce([editor.Uri.parse('file:///w/shared')]);
    editor.workspace.asRelativePath.mockReturnValueOnce('shared');
    await choose('Browse…');
    expect(update).toHaveBeenCalledExactlyOnceWith('contexts', { 'api/Dockerfile': 'shared' }, 3);
  });

  test('nothing is written when the choice is dismissed', async () => {
    await choose(undefined);
    editor.window.showOpenDialog.mockResolvedValueOnce(undefined);
    await choose('Browse…');
    expect(update).not.toHaveBeenCalled();
  });

  test('outside of a folder it says what to do', async () => {
    await choose('api', null);
    expect(update).not.toHaveBeenCalled();
    expect(editor.window.showInformationMessage).toHaveBeenCalledOnce();
  });
});
