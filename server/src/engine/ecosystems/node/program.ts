/** How a Node program starts other programs (nodejs.org, child_process; the pages of the packages named). */
import type { Language } from '../../demand/sources.ts';

export const nodeSources: Language = {
  files: /\.([cm]?[jt]s|[jt]sx)$/,
  starts:
    /\b(child_process|execa|cross-spawn|spawn-command|shelljs|zx|node-pty|simple-git|nodegit|fluent-ffmpeg|imagemagick|gm|Bun\.spawn|Deno\.Command)\b/,
};
