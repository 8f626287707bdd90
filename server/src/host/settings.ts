/** Settings as an editor sends them (`dockerfileStages.*`), read with care: a value of the wrong type is the default. */
import type { EngineSettings, Severity } from '../engine/model/analysis.ts';
import { defaultSettings } from '../engine/settings.ts';

export interface HostSettings {
  readonly enable: boolean;
  /** `auto`, `none`, or a folder (relative to the workspace folder). */
  readonly context: string;
  /** Outline, definition, references and renaming of stages: `auto` leaves them to another extension that has them. */
  readonly navigation: 'auto' | 'on' | 'off';
  /** As `context`, for single Dockerfiles: paths relative to the workspace folder. */
  readonly contexts: Readonly<Record<string, string>>;
  readonly codeLens: { readonly split: boolean; readonly stages: boolean };
  readonly engine: EngineSettings;
}

const severities: readonly string[] = ['error', 'warning', 'information', 'hint', 'off'] satisfies (Severity | 'off')[];
const stageName = /^[a-z][a-z0-9_.-]*$/;

type Raw = Readonly<Record<string, unknown>>;

/** The section `dockerfileStages` of a configuration, whatever its shape, as resolved settings. Never throws. */
export function readSettings(section: unknown): HostSettings {
  const raw = record(section);
  const lens = record(raw['codeLens']);
  const names = record(raw['stageNames']);
  const engine: EngineSettings = {
    minimumGainMB: megabytes(raw['minimumGainMB']) ?? defaultSettings.minimumGainMB,
    builderName: stage(names['builder']) ?? defaultSettings.builderName,
    runtimeName: stage(names['runtime']) ?? defaultSettings.runtimeName,
    baseName: stage(names['base']) ?? defaultSettings.baseName,
    keywordCasing: casing(raw['keywordCasing']) ?? defaultSettings.keywordCasing,
    comments: typeof raw['comments'] === 'boolean' ? raw['comments'] : defaultSettings.comments,
    severities: severityMap(raw['severity']),
    copiesKeepOwners: raw['copiesKeepOwners'] !== false,
    bases: pairsOf(raw['bases']),
  };
  return {
    enable: raw['enable'] !== false,
    context: typeof raw['context'] === 'string' && raw['context'] !== '' ? raw['context'] : 'auto',
    navigation: raw['navigation'] === 'on' || raw['navigation'] === 'off' ? raw['navigation'] : 'auto',
    contexts: pairsOf(raw['contexts']),
    codeLens: { split: lens['split'] !== false, stages: lens['stages'] !== false },
    engine: namesAreDistinct(engine) ? engine : { ...engine, ...defaultNames },
  };
}

const defaultNames = {
  builderName: defaultSettings.builderName,
  runtimeName: defaultSettings.runtimeName,
  baseName: defaultSettings.baseName,
};

function record(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

/** Only pairs of texts count. */
function pairsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function megabytes(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function stage(value: unknown): string | undefined {
  return typeof value === 'string' && stageName.test(value) ? value : undefined;
}

function casing(value: unknown): EngineSettings['keywordCasing'] | undefined {
  return value === 'auto' || value === 'upper' || value === 'lower' ? value : undefined;
}

function severityMap(value: unknown): EngineSettings['severities'] {
  const entries = Object.entries(record(value)).filter(([, level]) => severities.includes(level as string));
  return Object.fromEntries(entries) as EngineSettings['severities'];
}

function namesAreDistinct(settings: EngineSettings): boolean {
  return new Set([settings.builderName, settings.runtimeName, settings.baseName]).size === 3;
}
