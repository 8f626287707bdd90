import * as vscode from 'vscode';

/** What can be done about a message: the words of a button, and what it does. */
export type Actions = Readonly<Record<string, () => unknown>>;

/** Says something with buttons. The editor shows such a message in full, and of others the first line. */
export async function say(text: string, actions: Actions): Promise<void> {
  const chosen = await vscode.window.showInformationMessage(text, ...Object.keys(actions));
  if (chosen !== undefined) await actions[chosen]?.();
}

/** The button under a reason that another build context may settle. */
export function chooseContextButton(): Actions {
  return {
    [vscode.l10n.t('Choose Build Context')]: () => vscode.commands.executeCommand('dockerfileStages.chooseContext'),
  };
}
