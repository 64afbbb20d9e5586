import { expect, it } from 'vitest';
import { HEAD, ROW, rowTop, scrollFor, sectionHeight, visibleRows } from './windowing';

const sections = [{ count: 150 }, { count: 50 }];

it('draws what is in view and a little more, however long the list is', () => {
  for (let top = 0; top < 200 * ROW; top += 777) {
    const drawn = visibleRows(sections, top, 900).reduce((sum, { first, last }) => sum + last - first, 0);
    expect(drawn).toBeLessThan(40);
  }
});

it('covers the viewport without gaps', () => {
  const top = 100 * ROW;
  const [span] = visibleRows(sections, top, 900);
  expect(HEAD + (span?.first ?? 0) * ROW).toBeLessThanOrEqual(top);
  expect(HEAD + (span?.last ?? 0) * ROW).toBeGreaterThanOrEqual(top + 900);
});

it('knows where a row of the second group is', () => {
  expect(rowTop(sections, 1, 2)).toBe(sectionHeight({ count: 150 }) + HEAD + 2 * ROW);
});

it('scrolls only as far as needed, and never under the group’s head', () => {
  expect(scrollFor(500, 400, 300)).toBeNull();
  expect(scrollFor(390, 400, 300)).toBe(390 - HEAD);
  expect(scrollFor(680, 400, 300)).toBe(680 + ROW - 300);
});
