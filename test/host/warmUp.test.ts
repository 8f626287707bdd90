import { describe, expect, it, vi } from 'vitest';
import { warmUp } from '../../server/src/host/warmUp.ts';
import { engine } from '../engine/engine.ts';

describe('warming up', () => {
  it('works in short goes and ends by itself', () => {
    vi.useFakeTimers();
    try {
      let now = 0;
      const analyse = vi.fn((...args: Parameters<typeof engine.analyse>) => {
        now += 100;
        return engine.analyse(...args);
      });
      warmUp({ ...engine, analyse }, () => now);
      expect(analyse).not.toHaveBeenCalled();
      vi.runAllTimers();
      expect(analyse).toHaveBeenCalledTimes(6);
      expect(analyse.mock.results[0]?.value.status).toBe('split');
    } finally {
      vi.useRealTimers();
    }
  });

  it('stops when told', () => {
    vi.useFakeTimers();
    try {
      const analyse = vi.fn(engine.analyse.bind(engine));
      warmUp({ ...engine, analyse })();
      vi.runAllTimers();
      expect(analyse).not.toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });
});
