/** As much of the editor's API as the client uses, recording what is done with it. */
import { vi } from 'vitest';

export const commands = { registerCommand: vi.fn(() => ({ dispose: vi.fn() })), executeCommand: vi.fn() };
export const window = {
  createOutputChannel: vi.fn(() => ({ show: vi.fn(), dispose: vi.fn() })),
  showInformationMessage: vi.fn(),
  showQuickPick: vi.fn(),
  activeTextEditor: undefined as unknown,
};
export const workspace = {
  isTrusted: true,
  onDidGrantWorkspaceTrust: vi.fn(() => ({ dispose: vi.fn() })),
  applyEdit: vi.fn(),
};
export const CodeActionKind = { RefactorRewrite: { value: 'refactor.rewrite' } };

export class Range {
  readonly start: unknown;
  readonly end: unknown;
  constructor(start: unknown, end: unknown) {
    this.start = start;
    this.end = end;
  }
}
