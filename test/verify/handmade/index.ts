import { bases } from './bases.ts';
import { commands } from './commands.ts';
import { demand, guesses } from './demand.ts';
import type { Family, Judged } from './family.ts';
import { files } from './files.ts';
import { fullImage } from './fullImage.ts';
import { loader } from './loader.ts';
import { mounts } from './mounts.ts';
import { nodeService } from './nodeService.ts';
import { brought, order } from './order.ts';
import { owners } from './owners.ts';
import { packages, running } from './packages.ts';
import { program } from './program.ts';
import { copied, stages, text } from './text.ts';
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
];

export const judged: readonly Judged[] = [...guesses, ...running, ...bases, ...stages, ...copied, ...brought];
