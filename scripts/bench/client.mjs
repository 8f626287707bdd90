/** A language client that measures; one per server process. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

const uri = 'untitled:Dockerfile';
const capabilities = {
  workspace: { workspaceEdit: { documentChanges: true } },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
    hover: { contentFormat: ['markdown'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor.rewrite'] } },
      dataSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

/** Starts a server; resolves when `initialize` was answered. `startMs`: from spawn to that answer. */
export async function startServer(command) {
  const begin = performance.now();
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let wake;
  connection.onNotification('textDocument/publishDiagnostics', (params) => wake?.(params.diagnostics));
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => null));
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities });
  const startMs = performance.now() - begin;
  await connection.sendNotification('initialized', {});

  let version = 1;
  /** Sends what must lead to a publication; the time until it came, and the diagnostics. */
  async function published(send) {
    const start = performance.now();
    const arrival = new Promise((resolve) => (wake = resolve));
    await send();
    const diagnostics = await arrival;
    return { ms: performance.now() - start, diagnostics };
  }
  async function timed(request) {
    const start = performance.now();
    const result = await request();
    return { ms: performance.now() - start, result };
  }

  return {
    startMs,
    open: (text) =>
      published(() =>
        connection.sendNotification('textDocument/didOpen', {
          textDocument: { uri, languageId: 'dockerfile', version, text },
        }),
      ),
    change: (range, text) =>
      published(() =>
        connection.sendNotification('textDocument/didChange', {
          textDocument: { uri, version: ++version },
          contentChanges: [{ range, text }],
        }),
      ),
    hover: (position) => timed(() => connection.sendRequest('textDocument/hover', { textDocument: { uri }, position })),
    /** Actions at a range, and the edit of the first that needs to be resolved. */
    actions: (range, diagnostics) =>
      timed(async () => {
        const params = { textDocument: { uri }, range, context: { diagnostics } };
        const actions = (await connection.sendRequest('textDocument/codeAction', params)) ?? [];
        const lazy = actions.find(
          (action) => action.data !== undefined && action.edit === undefined && !action.disabled,
        );
        if (lazy !== undefined) Object.assign(lazy, await connection.sendRequest('codeAction/resolve', lazy));
        return actions;
      }),
    memoryMB: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await exited;
      connection.dispose();
    },
  };
}
