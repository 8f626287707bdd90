import { bases, principals } from './bases.ts';
import { builder } from './builder.ts';
import { commands } from './commands.ts';
import { dataFiles } from './dataFiles.ts';
import { demand, guesses } from './demand.ts';
import type { Family, Judged } from './family.ts';
import { files } from './files.ts';
import { fullImage } from './fullImage.ts';
import { loader } from './loader.ts';
import { modes, patterns } from './modes.ts';
import { mounts } from './mounts.ts';
import { nodeService } from './nodeService.ts';
import { brought, order } from './order.ts';
import { owners } from './owners.ts';
import { installing, packages, running } from './packages.ts';
import { program } from './program.ts';
import { accounts, pinned, sequence } from './sequence.ts';
import { gathered, places, settings, started } from './settings.ts';
import { surroundings } from './surroundings.ts';
import { copied, stages, text } from './text.ts';
import { compiling, tools } from './tools.ts';
import { virtualEnvironment } from './virtualEnvironment.ts';

export const families: readonly Family[] = [
  virtualEnvironment,
  fullImage,
  mounts,
  nodeService,
  program,
  ...loader,
  ...demand,
  ...order,
  ...files,
  ...text,
  ...packages,
  ...owners,
  ...commands,
  ...surroundings,
  ...modes,
  ...patterns,
  ...sequence,
  ...accounts,
  ...pinned,
  ...settings,
  ...dataFiles,
];

export const judged: readonly Judged[] = [
  ...guesses,
  ...running,
  ...bases,
  ...stages,
  ...copied,
  ...brought,
  ...builder,
  ...principals,
  ...installing,
  ...tools,
  ...compiling,
  ...places,
  ...gathered,
  ...started,
];
