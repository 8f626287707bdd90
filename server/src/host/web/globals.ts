/** What a web worker lacks of the globals that the server uses: turns of the event loop. */
const scope = globalThis as { setImmediate?: unknown; clearImmediate?: unknown };
scope.setImmediate ??= (callback: () => void) => setTimeout(callback, 0);
scope.clearImmediate ??= (handle: ReturnType<typeof setTimeout>) => {
  clearTimeout(handle);
};
