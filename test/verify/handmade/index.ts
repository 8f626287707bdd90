import type { Family } from './family.ts';
import { fullImage } from './fullImage.ts';
import { virtualEnvironment } from './virtualEnvironment.ts';

export const families: readonly Family[] = [virtualEnvironment, fullImage];
