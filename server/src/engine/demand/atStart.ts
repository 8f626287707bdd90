/** Commands of the container that install packages when it starts (pitfall 77): what has no wheel or prebuilt binary is compiled there. */
import { baseName } from '../model/path.ts';
import type { ImageState } from '../model/state.ts';
import type { Entry } from './entry.ts';

/** The verbs that install, by the command's base name (the tools' documentation); `''`: without a verb. */
const VERBS: Readonly<Record<string, RegExp>> = {
  pip: /^install$/,
  pip3: /^install$/,
  'pip-sync': /^/,
  poetry: /^(install|sync|add|update)$/,
  pipenv: /^(install|sync|update)$/,
  pdm: /^(install|sync|add|update)$/,
  uv: /^(sync|add)$/,
  conda: /^(install|create|update)$/,
  mamba: /^(install|create|update)$/,
  npm: /^(install|i|ci|add|rebuild)$/,
  yarn: /^(install|add)?$/,
  pnpm: /^(install|i|add|rebuild)$/,
  bun: /^(install|i|add)$/,
};

/** The command that installs, if the container runs one. */
export function installsAtStart({ commands }: Entry, state: ImageState): string | undefined {
  return commands.map(({ argv }) => installerOf(argv, state)).find((name) => name !== undefined);
}

function installerOf(argv: readonly string[], state: ImageState): string | undefined {
  const [first = '', ...rest] = argv;
  const name = baseName(first);
  const operands = rest.filter((word) => !word.startsWith('-'));
  if (/^python[\d.]*$/.test(name) && rest[0] === '-m') return installerOf(rest.slice(1), state);
  if (name === 'uv' && operands[0] === 'pip') return /^(install|sync)$/.test(operands[1] ?? '') ? 'uv' : undefined;
  if (name === 'uv' && operands[0] === 'run') return isSynced(rest, state) ? undefined : 'uv';
  return VERBS[name]?.test(operands[0] ?? '') === true ? name : undefined;
}

/** The build has made an environment already, or `uv run` is told to make none. */
function isSynced(words: readonly string[], { told, config }: ImageState): boolean {
  if (words.some((word) => /^--(no-sync|no-project|isolated|script)$/.test(word))) return true;
  if (['UV_NO_SYNC', 'UV_PROJECT_ENVIRONMENT', 'VIRTUAL_ENV'].some((name) => config.env.has(name))) return true;
  for (const [key, kind] of told) if (key.startsWith('python:') && kind === 'venv') return true;
  return false;
}
