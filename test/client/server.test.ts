/** A request with its progress, as the library passes it on. */
import { describe, expect, test, vi } from 'vitest';
import { onReport } from '../../client/src/progress.ts';
import { LanguageServer } from '../../client/src/server.ts';

vi.mock('vscode-languageclient', () => ({ WorkDoneProgress: { type: 'work done' } }));

const token = { isCancellationRequested: false } as never;

test('a request is told what is reported under its own token, and can be cancelled', async () => {
  const listening = { dispose: vi.fn() };
  const listeners = new Map<unknown, (value: object) => void>();
  const client = {
    start: () => Promise.resolve(),
    onProgress: (_type: unknown, own: unknown, listen: (value: object) => void) => {
      listeners.set(own, listen);
      return listening;
    },
    sendRequest: vi.fn((_method: string, { workDoneToken }: { workDoneToken: string }) => {
      listeners.get(workDoneToken)?.({ kind: 'begin', title: 'x' });
      listeners.get(workDoneToken)?.({ kind: 'report', message: 'a', percentage: 40 });
      return Promise.resolve('done');
    }),
  };
  const library = { create: () => client as never, onReport };
  const server = new LanguageServer(
    () => Promise.resolve(library),
    () => ({}),
    () => undefined,
  );
  const report = vi.fn();
  expect(await server.request('m', { a: 1 }, { token, report })).toBe('done');
  expect(await server.request('m', {}, { token, report })).toBe('done');
  expect(client.sendRequest).toHaveBeenCalledWith('m', { a: 1, workDoneToken: expect.any(String) as string }, token);
  expect(listeners.size).toBe(2);
  expect(report).toHaveBeenCalledTimes(2);
  expect(report).toHaveBeenCalledWith({ kind: 'report', message: 'a', percentage: 40 });
  expect(listening.dispose).toHaveBeenCalledTimes(2);
});

describe('a server that dies under a question', () => {
  const lost = Object.assign(new Error('Pending response rejected since connection got disposed'), { code: -32097 });
  const asking = (sendRequest: () => Promise<unknown>) =>
    new LanguageServer(
      () => Promise.resolve({ create: () => ({ start: () => Promise.resolve(), sendRequest }) as never, onReport }),
      () => ({}),
      () => undefined,
    ).request('m', {});

  test('is asked again when it is back, once', async () => {
    expect(await asking(vi.fn(() => Promise.resolve('done')).mockRejectedValueOnce(lost))).toBe('done');
    const never = vi.fn(() => Promise.reject(lost));
    await expect(asking(never)).rejects.toBe(lost);
    expect(never).toHaveBeenCalledTimes(2);
  });

  test('another error is said', async () => {
    const failing = vi.fn(() => Promise.reject(new Error('no')));
    await expect(asking(failing)).rejects.toThrow('no');
    expect(failing).toHaveBeenCalledOnce();
  });
});
