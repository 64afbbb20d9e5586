import { describe, expect, it } from 'vitest';
import type { ActivityEntry, RequestLine } from '../../backend/bindings.gen';
import { DAY, FEW, inView, layOut, REQUEST, ROW, scrollTo } from './layout';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const request: RequestLine = { request: 'GET /v1/apps', status: 200, reading: null };
const entry = (id: number, when: number, requests = 0): ActivityEntry => ({
  id, at: when, group: 'verification', failure: false, key: null,
  deed: { what: 'checked', standing: 'verified', trouble: null, agree: 0, of: 0, requests: Array.from({ length: requests }, () => request) },
});
const folded = new Map();

describe('the lines of the log', () => {
  it('stand under the days of the calendar, not under spans of 24 hours', () => {
    const { sections, height } = layOut([entry(4, at(23, 0)), entry(3, at(22, 23)), entry(2, at(22, 1)), entry(1, at(9, 12))], folded, ROW);
    expect(sections.map(({ day, first, last }) => [day, last - first])).toEqual([[at(23, 0), 1], [at(22, 0), 2], [at(9, 0), 1]]);
    expect(height).toBe(3 * DAY + 4 * ROW);
  });

  it('a long day when the clocks are put back is one day', () => {
    const long = layOut([entry(2, at(25, 23)), entry(1, at(25, 0))], folded, ROW);
    expect(long.sections).toHaveLength(1);
  });

  it('unfold to a few requests, then to all; a single one more is not hidden behind words', () => {
    const entries = [entry(2, at(23, 2), FEW + 4), entry(1, at(23, 1), FEW + 1)];
    const kinds = (shown: Map<number, 'few' | 'all'>) => layOut(entries, shown, ROW).lines.map(({ type }) => type[0]).join('');
    expect(kinds(new Map())).toBe('ee');
    expect(kinds(new Map([[2, 'few']]))).toBe('errrrme');
    expect(kinds(new Map([[2, 'all']]))).toBe('errrrrrrre');
    expect(kinds(new Map([[1, 'few']]))).toBe('eerrrrr');
    const [more] = layOut(entries, new Map([[2, 'few']]), ROW).lines.filter((line) => line.type === 'more');
    expect(more).toMatchObject({ left: 4, index: 5 });
  });

  it('lie one under the other without a gap, and are numbered', () => {
    const { lines, sections, height } = layOut([entry(3, at(23, 2), 9), entry(2, at(23, 1)), entry(1, at(22, 1), 3)], new Map([[3, 'few'], [1, 'all']]), ROW);
    expect(lines.map(({ index }) => index)).toEqual(lines.map((_, index) => index));
    let below = 0;
    for (const section of sections) {
      expect(section.top).toBe(below);
      below += DAY;
      for (const line of lines.slice(section.first, section.last)) {
        expect(line.top).toBe(below);
        expect(line.height).toBeGreaterThanOrEqual(REQUEST);
        below += line.height;
      }
      expect(section.height).toBe(below - section.top);
    }
    expect(height).toBe(below);
  });
});

describe('what is drawn of five thousand', () => {
  const layout = layOut(Array.from({ length: 5000 }, (_, step) => entry(5000 - step, at(23, 12) - step * 3_600_000)), folded, ROW);

  it('is a screenful, wherever it is scrolled', () => {
    for (const top of [0, 60_000, layout.height - 800]) {
      const { first, last } = inView(layout, top, 800);
      expect(last - first).toBeLessThan(50);
      expect(layout.lines[first]?.top).toBeLessThanOrEqual(Math.max(DAY, top));
    }
  });

  it('scrolls just far enough, and not under the day', () => {
    const line = layout.lines[100];
    if (!line) throw new Error('no line');
    expect(scrollTo(line, line.top - 200, 800)).toBeNull();
    expect(scrollTo(line, line.top - 10, 800)).toBe(line.top - DAY);
    expect(scrollTo(line, 0, 800)).toBe(line.top + ROW - 800);
  });
});
