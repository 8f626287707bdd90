import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerAhead } from '../../server/src/features/ahead.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import type { Analysis } from '../../server/src/engine/model/analysis.ts';
import type { Analysed, Workspace } from '../../server/src/host/workspace.ts';
import { fakeEngine } from './fakeEngine.ts';

/** A workspace with one document, and how often its splits were asked for. */
function workspace() {
  const settings = {} as Analysed['settings'];
  let current: Analysed | undefined;
  let refresh: (uri: string) => void = () => undefined;
  const proved: string[] = [];
  const report = vi.fn();
  const parts: Pick<Workspace, 'analysedNow' | 'onRefresh' | 'report'> = {
    analysedNow: () => current,
    onRefresh: (listener) => (refresh = listener),
    report,
  };
  registerAhead(parts);
  return {
    proved,
    report,
    /** A new version; `undefined`: the document is closed. */
    change(text: string | undefined): void {
      const analysis = text === undefined ? undefined : watched(text, proved);
      const document = { uri: 'untitled:x' } as Analysed['document'];
      current = analysis === undefined ? undefined : { document, version: 1, analysis, settings };
      refresh('untitled:x');
    },
  };
}

function watched(text: string, proved: string[]): Analysis {
  const analysis = fakeEngine().analyse(text, defaultSettings, undefined);
  return {
    ...analysis,
    get tiers() {
      proved.push(text);
      if (text.includes('BROKEN')) throw new Error('broken');
      return analysis.tiers;
    },
  };
}

describe('in a pause of typing', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('the splits of the last version are proved, once', () => {
    const { change, proved } = workspace();
    for (const text of ['a', 'ab', 'abc']) {
      change(text);
      vi.advanceTimersByTime(150);
    }
    expect(proved).toEqual([]);
    vi.runAllTimers();
    expect(proved).toEqual(['abc']);
  });

  it('nothing is proved of a document that was closed, or is very long', () => {
    const { change, proved } = workspace();
    change('a');
    change(undefined);
    change('x'.repeat(300_000));
    vi.runAllTimers();
    expect(proved).toEqual([]);
  });

  it('a failure is reported and ends nothing', () => {
    const { change, proved, report } = workspace();
    change('BROKEN');
    vi.runAllTimers();
    expect(report).toHaveBeenCalledOnce();
    change('whole');
    vi.runAllTimers();
    expect(proved).toEqual(['BROKEN', 'whole']);
  });
});
