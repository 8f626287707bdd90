import { commands } from './commands.ts';
import { demand, guesses } from './demand.ts';
import type { Family, Judged } from './family.ts';
import { files } from './files.ts';
import { fullImage } from './fullImage.ts';
import { loader } from './loader.ts';
import { mounts } from './mounts.ts';
import { nodeService } from './nodeService.ts';
import { order } from './order.ts';
import { owners } from './owners.ts';
import { program } from './program.ts';
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
  ...owners,
  ...commands,
];

export const judged: readonly Judged[] = [...guesses];
