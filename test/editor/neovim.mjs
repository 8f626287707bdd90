/** `npm run test:neovim`: the command line's server in a headless Neovim (0.7 or later). */
import { tryEditor } from './lib/otherEditor.mjs';

const script = new URL('neovim.lua', import.meta.url).pathname;
const args = ['--headless', '-u', 'NONE', '-n', '-c', `luafile ${script}`];
tryEditor({ name: 'neovim', command: 'nvim', args, steps: 5 });
