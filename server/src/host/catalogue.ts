/** The tables of the languages other than English, the engine's own. */

interface Translation {
  readonly text: string;
  readonly advice?: string;
}

/** A table of one language (`server/l10n/*.json`): the registry by code, all other sentences by the English one. */
export interface Catalogue {
  readonly findings: Readonly<Record<string, Translation>>;
  readonly refusals: Readonly<Record<string, Translation>>;
  readonly assumptions: Readonly<Record<string, Translation>>;
  readonly remarks: Readonly<Record<string, Translation>>;
  readonly rules: Readonly<Record<string, Translation>>;
  readonly problems: Readonly<Record<string, Translation>>;
  readonly sentences: Readonly<Record<string, string>>;
}

/** Read when an editor asks for its language. */
const catalogues: Readonly<Record<string, () => Promise<{ readonly default: Catalogue }>>> = {
  de: () => import('../../l10n/de.json'),
};

/** The catalogue of a locale (`de`, `de-AT`, `de_DE.UTF-8`); `undefined` for English and what has none. */
export async function catalogueOf(locale: string): Promise<Catalogue | undefined> {
  return (await catalogues[/^[a-z]+/.exec(locale.toLowerCase())?.[0] ?? '']?.())?.default;
}
