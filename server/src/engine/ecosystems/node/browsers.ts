/**
 * Browsers that npm packages download into the home directory, beside node_modules. Sources: pptr.dev, "Configuration"
 * and changelog of 19.0.0; playwright.dev, "Browsers" and release notes of 1.38; docs.cypress.io, "Advanced installation".
 */
import { joinPath } from '../../model/path.ts';
import type { Call } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import { home } from './managers.ts';

/** Major and minor. */
type Version = readonly [number, number];

interface Download {
  /** Below the home directory. */
  readonly cache: string;
  /** The variable that names another directory. */
  readonly place: string;
  /** Variables that stop the download at installation. */
  readonly skip: readonly string[];
  /** The first version whose installation downloads there; before it: another place, or none. */
  readonly from?: Version;
  /** The first version whose installation no longer downloads. */
  readonly until?: Version;
  /** Files of the project that may name another directory. */
  readonly settings?: readonly string[];
}

const PUPPETEER: Download = {
  cache: '.cache/puppeteer',
  place: 'PUPPETEER_CACHE_DIR',
  skip: ['PUPPETEER_SKIP_DOWNLOAD', 'PUPPETEER_SKIP_CHROMIUM_DOWNLOAD', 'PUPPETEER_EXECUTABLE_PATH'],
  from: [19, 0],
  settings: ['.puppeteerrc.cjs', '.puppeteerrc.js', '.puppeteerrc.json', '.puppeteerrc', 'puppeteer.config.js'],
};
/** The packages of one browser download in every version. */
const PLAYWRIGHT_BROWSER: Download = {
  cache: '.cache/ms-playwright',
  place: 'PLAYWRIGHT_BROWSERS_PATH',
  skip: ['PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD'],
};
const PLAYWRIGHT: Download = { ...PLAYWRIGHT_BROWSER, until: [1, 38] };
const CYPRESS: Download = {
  cache: '.cache/Cypress',
  place: 'CYPRESS_CACHE_FOLDER',
  skip: ['CYPRESS_INSTALL_BINARY'],
  from: [3, 0],
};
const DOWNLOADS: Readonly<Record<string, Download>> = {
  puppeteer: PUPPETEER,
  playwright: PLAYWRIGHT,
  '@playwright/test': PLAYWRIGHT,
  'playwright-chromium': PLAYWRIGHT_BROWSER,
  '@playwright/browser-chromium': PLAYWRIGHT_BROWSER,
  cypress: CYPRESS,
};

/** What a file installs for a browser that comes from elsewhere (pptr.dev, "Troubleshooting"; playwright.dev, "Docker"). */
const FOR_BROWSERS =
  /^(libnss3|libgbm1|libatk-bridge2\.0-0(t64)?|libatk1\.0-0(t64)?|libxss1|libxcomposite1|libxdamage1|libxkbcommon0|libgtk-3-0(t64)?|xvfb|chromium|google-chrome-stable)$/;

/**
 * Records what an installation downloads. `stated`: versions by name as package.json has them; `locked`: those of the
 * lock file, with what others depend on; `undefined`: unread.
 */
export function browsersOfInstall(
  stated: Readonly<Record<string, string>> | undefined,
  locked: Readonly<Record<string, string>> | undefined,
  directory: string,
  machine: Machine,
): void {
  // The browsers that are downloaded are linked against glibc.
  if (machine.state.root.facts?.libc === 'musl') return;
  const known = { ...stated, ...locked };
  const names = Object.keys(DOWNLOADS).filter((name) => Object.hasOwn(known, name));
  if (names.length === 0 && locked === undefined) mayBring(machine);
  for (const name of names) {
    const download = DOWNLOADS[name] as Download;
    if (download.skip.some((one) => machine.lookup(one) !== undefined)) continue;
    const sure = isDownloaded(known[name] as string, download);
    if (sure === false) continue;
    // All of them are asked for at once: each look that ends early is another round of reading.
    const settings = (download.settings ?? []).filter((file) => hasFile(machine, joinPath(directory, file)));
    const place = placeOf(download, machine);
    if (settings.length > 0) machine.write(directory, { kind: 'tree', class: 'app', sure: false });
    else if (place !== undefined) machine.write(place, { kind: 'tree', class: 'dependencies', sure: sure === true });
  }
}

/** What nobody has read may bring a browser, where the file installs what one needs. */
function mayBring(machine: Machine): void {
  const skipped = Object.values(DOWNLOADS).some(({ skip }) => skip.some((name) => machine.lookup(name) !== undefined));
  if (
    !skipped &&
    [...machine.state.packages.values()].some(({ name, by }) => by === 'asked' && FOR_BROWSERS.test(name))
  )
    machine.write(home(machine, '.cache'), { kind: 'tree', class: 'dependencies', sure: false });
}

/** Whether a version of this range downloads when it is installed; `undefined`: it hangs on the version that is chosen. */
function isDownloaded(range: string, { from, until }: Download): boolean | undefined {
  const versions = versionsOf(range);
  if (versions === undefined) return undefined;
  const [first, last] = versions;
  if ((from !== undefined && isEarlier(last, from)) || (until !== undefined && !isEarlier(first, until))) return false;
  const every = (from === undefined || !isEarlier(first, from)) && (until === undefined || isEarlier(last, until));
  return every ? true : undefined;
}

/** The version of a package that is installed by its name alone, or by a tag: the newest one (npm documentation, "npm install"). */
export const NEWEST = 'latest';

/** The first and the last version of `21.3.0`, `^21.3`, `~21.3.0`, `21`, `21.x`; `undefined` for any other range (node-semver, README, "Ranges"). */
function versionsOf(range: string): readonly [Version, Version] | undefined {
  if (range === NEWEST)
    return [
      [Number.POSITIVE_INFINITY, 0],
      [Number.POSITIVE_INFINITY, 0],
    ];
  const found = /^\s*([~^]?)[v=\s]*(\d+)(?:\.(\d+|[xX*]))?(?:\.[\w.*+-]+)?\s*$/.exec(range);
  if (found === null) return undefined;
  const [major, minor] = [Number(found[2]), Number(found[3] ?? Number.NaN)];
  const last = Number.POSITIVE_INFINITY;
  if (Number.isNaN(minor))
    return [
      [major, 0],
      [major, last],
    ];
  return [
    [major, minor],
    [major, found[1] === '^' ? last : minor],
  ];
}

function isEarlier([major, minor]: Version, [otherMajor, otherMinor]: Version): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

function hasFile(machine: Machine, path: string): boolean {
  const source = machine.context.sourceOf(path, machine.state.writes);
  const text = source === undefined ? 'absent' : machine.context.read(source);
  return text !== 'absent';
}

/** `PLAYWRIGHT_BROWSERS_PATH=0`: inside node_modules. */
function placeOf({ cache, place }: Download, machine: Machine): string | undefined {
  const stated = machine.lookup(place)?.text;
  return stated === '0' ? undefined : (stated ?? home(machine, cache));
}

/** `playwright install`, `puppeteer browsers install`, `cypress install`: the same download wherever it runs. False: something else. */
export function downloadsBrowser(
  tool: string,
  words: readonly string[],
  directory: string,
  call: Call,
  machine: Machine,
): boolean {
  const [verb, next] = words.filter((word) => !word.startsWith('-'));
  const wanted =
    (tool === 'puppeteer' && verb === 'browsers' && next === 'install') ||
    (/^(playwright|cypress)$/.test(tool) && verb === 'install') ||
    (tool === 'playwright' && verb === 'install-deps');
  const download = DOWNLOADS[tool];
  if (!wanted || download === undefined) return false;
  machine.role('setup');
  machine.effect.replayable = true;
  machine.effect.reads.push(joinPath(directory, 'node_modules'));
  machine.need('exe', 'node', 'it runs Node', true, call.span);
  machine.need('certificates', 'https', 'it downloads a browser', true, call.span);
  const place = placeOf(download, machine);
  // `--with-deps` and `install-deps` call the package manager: what that installs is there only where it runs.
  if (verb === 'install-deps' || words.includes('--with-deps'))
    machine.write('/usr/lib', { kind: 'edit', class: 'dependencies' });
  if (place !== undefined && verb !== 'install-deps') machine.write(place, { kind: 'tree', class: 'dependencies' });
  return true;
}
