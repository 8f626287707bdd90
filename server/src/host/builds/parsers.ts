/** YAML and JSON with comments: loaded when a first such file is there to be read, not at the start. */

interface Parsers {
  yaml(text: string): unknown;
  json(text: string): unknown;
}

let loaded: Parsers | undefined;
let loading: Promise<void> | undefined;

/** The parsers once `loadParsers` is done. What cannot be parsed is `undefined`. */
export function parsers(): Parsers | undefined {
  return loaded;
}

/** Loads the parsers; at once when they are there. */
export function loadParsers(): Promise<void> {
  loading ??= Promise.all([import('yaml'), import('jsonc-parser')]).then(([yaml, json]) => {
    loaded = {
      yaml(text) {
        try {
          // Aliases that multiply a small text are refused by the library.
          return yaml.parse(text, { merge: true, uniqueKeys: false, logLevel: 'silent' }) as unknown;
        } catch {
          return undefined;
        }
      },
      json: (text) => json.parse(text, [], { allowTrailingComma: true, disallowComments: false }) as unknown,
    };
  });
  return loading;
}
