/** `npm run test:emacs`: the command line's server in Emacs with eglot (Debian: emacs-nox, elpa-eglot), in batch mode. */
import { tryEditor } from './lib/otherEditor.mjs';

const script = new URL('emacs.el', import.meta.url).pathname;
tryEditor({ name: 'emacs', command: 'emacs', args: ['--batch', '-l', script], steps: 5 });
