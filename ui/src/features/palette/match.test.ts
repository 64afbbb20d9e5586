import { describe, expect, it } from 'vitest';
import { marks, score, wordsOf } from './match';

const rank = (query: string, entry: Parameters<typeof score>[1]) => score(wordsOf(query), entry);

describe('matching', () => {
  it('finds "sales rep" as Sales reports, before a key whose role is Sales and Reports', () => {
    const area = rank('sales rep', { label: 'Sales reports' });
    const key = rank('sales rep', { label: 'Warehouse', detail: 'Team · Sales and Reports' });
    expect(area).toBeGreaterThan(key);
    expect(key).toBeGreaterThan(0);
  });

  it('needs every word somewhere', () => {
    expect(rank('sales moon', { label: 'Sales reports' })).toBe(0);
    expect(rank('7gx ci', { label: 'CI Release', also: ['7GX4KQ2M9L'] })).toBeGreaterThan(0);
  });

  it('does not mind case or accents', () => {
    expect(rank('tomas', { label: 'Tomás — previous laptop' })).toBeGreaterThan(0);
  });

  it.each([
    ['an exact label', 'Users', 'Users & access'],
    ['the beginning of a label', 'Users & access', 'All users'],
    ['the beginning of a word', 'All users', 'Superusers'],
  ])('ranks %s before less', (_, better, worse) => {
    expect(rank('users', { label: better })).toBeGreaterThan(rank('users', { label: worse }));
  });
});

describe('marks', () => {
  const shown = (query: string, text: string) => marks(wordsOf(query), text).map(({ text: part, hit }) => (hit ? `[${part}]` : part)).join('');

  it('marks what was typed where a word begins', () => {
    expect(shown('fin rep', 'Finance reports')).toBe('[Fin]ance [rep]orts');
    expect(shown('port', 'Export to port')).toBe('Export to [port]');
  });

  it('leaves a text whole that folds to another length', () => {
    expect(shown('e', 'cafe\u0301')).toBe('cafe\u0301');
  });

  it('loses no character of any text', () => {
    for (const text of ['', 'a', 'ﬁnance', 'İstanbul', 'x'.repeat(300)]) expect(marks(['i'], text).map((mark) => mark.text).join('')).toBe(text);
  });
});
