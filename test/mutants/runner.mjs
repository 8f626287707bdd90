/**
 * Runs the tests of the verifier for Stryker, thousands of times, in one process: parser, simulation and tests are
 * loaded once and keep what they made of a text (test/verify/judge.ts); only the verifier is mutated. It is a bundle
 * of its own, which is loaded anew where a mutant lies in code that runs at loading.
 */
import { createRequire } from 'node:module';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const verifier = /\/verify\/index\.ts$/;

class Runner {
  /** The global object where the instrumented code counts and looks which mutant is on. */
  stryker = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  tests = [];
  loaded;
  folder = process.cwd();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const common = {
      bundle: true,
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    };
    const { outputFiles } = await build({
      ...common,
      entryPoints: [join(this.folder, 'server/src/engine/verify/index.ts')],
      format: 'iife',
      globalName: 'verifier',
      write: false,
    });
    this.code = outputFiles[0].text;
    // Not the suite that changes every fixture: it takes half a minute, and what it finds the others find as well.
    const files = (await readdir(join(this.folder, 'test/verify')))
      .filter((name) => name.endsWith('.test.ts') && name !== 'mutations.test.ts')
      .sort();
    // Each process has its own: another one would read a half of it.
    const outfile = join(this.folder, `test/mutants/bundle.${process.pid}.mjs`);
    await build({
      ...common,
      stdin: {
        contents: `${files.map((name) => `import '../verify/${name}';`).join('\n')}\nexport { tests } from 'vitest';`,
        resolveDir: join(this.folder, 'test/mutants'),
      },
      format: 'esm',
      outfile,
      plugins: [standIns(join(this.folder, 'test/mutants/vitest.mjs'))],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    ({ tests: this.tests } = await import(pathToFileURL(outfile).href));
  }

  /** Loads the verifier; `mutant` is on while it loads. */
  load(mutant) {
    if (this.loaded === mutant) return;
    this.loaded = mutant;
    this.stryker.activeMutant = mutant === '' ? undefined : mutant;
    globalThis.verify = new Function('require', `${this.code}; return verifier;`)(require).verify;
  }

  async dryRun() {
    this.loaded = undefined;
    this.load('');
    const tests = this.run();
    const { mutantCoverage } = this.stryker;
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    this.load(mutantActivation === 'static' ? activeMutant.id : '');
    this.stryker.activeMutant = activeMutant.id;
    this.stryker.hitCount = hitLimit === undefined ? undefined : 0;
    this.stryker.hitLimit = hitLimit;
    const tests = this.run(testFilter && new Set(testFilter), true);
    const result = determineHitLimitReached(this.stryker.hitCount, hitLimit) ?? {
      status: DryRunStatus.Complete,
      tests,
    };
    this.stryker.activeMutant = undefined;
    return toMutantRunResult(result);
  }

  run(filter, bail = false) {
    const results = [];
    for (const [at, { name, run }] of this.tests.entries()) {
      if (filter !== undefined && !filter.has(name)) continue;
      const start = performance.now();
      this.stryker.currentTestId = name;
      let failureMessage;
      try {
        run();
      } catch (error) {
        failureMessage = String(error?.message ?? error).slice(0, 500);
      }
      this.stryker.currentTestId = undefined;
      const timeSpentMs = performance.now() - start;
      const status = failureMessage === undefined ? TestStatus.Success : TestStatus.Failed;
      results.push({ id: name, name, timeSpentMs, status, failureMessage });
      if (bail && failureMessage !== undefined) {
        // What killed one mutant kills the next one, more often than not.
        this.tests = [this.tests[at], ...this.tests.slice(0, at), ...this.tests.slice(at + 1)];
        break;
      }
    }
    return results;
  }
}

/** Instead of vitest the collector beside this file; instead of the verifier the one that is loaded at present. */
function standIns(vitest) {
  return {
    name: 'stand-ins',
    setup(builder) {
      builder.onResolve({ filter: /^vitest$/ }, () => ({ path: vitest }));
      builder.onLoad({ filter: verifier }, () => ({
        contents: 'export const verify = (...args) => globalThis.verify(...args);',
      }));
    },
  };
}

const create = () => new Runner();
create.inject = [];
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'verifier', create)];
