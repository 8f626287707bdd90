import type { EngineSettings } from './model/analysis.ts';

/** The settings of somebody who has set nothing. */
export const defaultSettings: EngineSettings = {
  minimumGainMB: 10,
  builderName: 'builder',
  runtimeName: 'runtime',
  baseName: 'base',
  keywordCasing: 'auto',
  comments: true,
  severities: {},
  copiesKeepOwners: true,
  bases: {},
};
