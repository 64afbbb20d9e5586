import { screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ExportRequest } from '../../../backend/bindings.gen';
import { field } from '../../../i18n/spreadsheet';
import { expectAccessible } from '../../../testing/axe';
import { callsOf, openWindow } from '../../../testing/window';
import { csv } from './csv';
import { type Mark, LIGHT, scaleFor, xml } from './drawing';
import { glyph } from '../../../primitives/glyph';
import { hatch } from './glyph';
import { markdown, plain } from './markdown';
import { draw, svg } from './picture';
import { type Sheet, type SheetCell, footnotes, levelsOf, zonesOf } from './sheet';

const MANAGE: SheetCell = { level: 'manage', words: 'Manage', basis: 'documented', rests: 'Documented by Apple', contradicted: false, read: { value: 'yes', basis: 'documented' }, write: { value: 'yes', basis: 'documented' } };
const NEVER: SheetCell = { level: 'never', words: 'Never', basis: 'documented', rests: 'Documented by Apple', contradicted: false, read: { value: 'never', basis: 'documented' }, write: { value: 'never', basis: 'documented' } };
const OPEN: SheetCell = { level: 'view', words: 'View, reply?', basis: 'unknown', rests: 'Answered by Apple', contradicted: false, read: { value: 'yes', basis: 'observed' }, write: { value: 'unknown', basis: 'unknown' } };

function sheet(names: string[] = ['CI Release'], more: Partial<Sheet> = {}): Sheet {
  return {
    title: 'What 1 key may do',
    subtitle: null,
    corner: 'Key',
    facts: ['Role'],
    columns: [
      { label: 'Customer reviews', short: 'Reviews', notes: [], kind: null, zone: 'either' },
      { label: 'Certificates, IDs & profiles', notes: [], kind: null, zone: 'team_only' },
    ],
    groups: [{ label: 'Team keys', note: 'Role decides.', zone: null, rows: names.map((label) => ({ label, facts: ['Admin'], kind: 'team', cells: [MANAGE, NEVER] })) }],
    totals: { label: 'Keys with any access', counts: [1, 0] },
    words: false,
    layer: 'combined',
    date: '2026-10',
    ...more,
  };
}
const HOSTILE = ['<img src=x onerror="alert(1)">', 'a | b\n# c', '=1+2', '"quoted", and more', 'invoice\u202Egpj.8p', '\ud800half', ']]><!--', '](javascript:alert(1))', '**bold** `code`'];

describe('a sheet', () => {
  it('knows its zones, its legend and what nobody has tested', () => {
    expect(zonesOf(sheet().columns)).toEqual([{ zone: 'either', label: 'Either key type', span: 1 }, { zone: 'team_only', label: 'Team keys only', span: 1 }]);
    expect(levelsOf(sheet())).toEqual(['manage', 'never']);
    expect(footnotes(sheet())).toEqual([
      'Shown: Combined, Apple’s answers laid over what is documented.', 'From Apple’s pages and what others report, Oct 2026.', 'Nothing here was tested with Apple yet.', 'Writes are never tested.',
    ]);
    const tested = sheet([], { groups: [{ label: 'Team keys', note: null, zone: null, rows: [{ label: 'A', facts: [''], kind: 'team', cells: [OPEN, NEVER] }] }] });
    expect(footnotes(tested)).not.toContain('Nothing here was tested with Apple yet.');
  });
});

describe('Markdown', () => {
  it('is a table per group, with what each answer rests on numbered below', () => {
    expect(markdown(sheet())).toBe(
      [
        '# What 1 key may do', '', '## Team keys', '', 'Role decides.', '',
        '| Key | Role | Customer reviews | Certificates, IDs & profiles |', '| --- | --- | --- | --- |',
        '| CI Release | Admin | Manage\u00a0¹ | Never\u00a0¹ |', '',
        '## Keys with any access', '', '| Customer reviews | Certificates, IDs & profiles |', '| --- | --- |', '| 1 | 0 |', '',
        '- Either key type: Customer reviews', '- Team keys only: Certificates, IDs & profiles', '',
        '¹ Documented by Apple  ', '', 'Shown: Combined, Apple’s answers laid over what is documented. From Apple’s pages and what others report, Oct 2026. Nothing here was tested with Apple yet. Writes are never tested.', '',
      ].join('\n'),
    );
  });

  it.each([
    ['a | b', 'a \\| b'],
    ['two\nlines', 'two␊lines'],
    ['<b>', '\\<b\\>'],
    ['[x](javascript:y)', '\\[x\\](javascript:y)'],
    ['&lt; & more', '\\&lt; & more'],
    ['# head', '\\# head'],
    ['1. list', '1\\. list'],
    ['- list', '\\- list'],
    ['https://evil.example', 'https:\\//evil.example'],
    ['a\\|b', 'a\\\\\\|b'],
  ])('%j stays text: %j', (name, text) => {
    expect(plain(name)).toBe(text);
  });

  it('keeps its columns whatever the names are', () => {
    const rows = markdown(sheet(HOSTILE)).split('\n').filter((line) => line.startsWith('| ') && line.includes('Admin'));
    expect(rows).toHaveLength(HOSTILE.length);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
  });
});

describe('CSV', () => {
  it('has a column of evidence beside each column, ends lines with CR LF, and says where it is from', () => {
    const lines = csv(sheet()).split('\r\n');
    expect(lines[0]).toBe('Group,Key,Role,Customer reviews,Customer reviews: evidence,"Certificates, IDs & profiles","Certificates, IDs & profiles: evidence"');
    expect(lines[1]).toBe('Team keys,CI Release,Admin,Manage,Documented by Apple,Never,Documented by Apple');
    expect(lines[2]).toBe(',Keys with any access,,1,,0,');
    expect(lines.slice(4)).toEqual([
      'What 1 key may do', '"Shown: Combined, Apple’s answers laid over what is documented."', '"From Apple’s pages and what others report, Oct 2026."', 'Nothing here was tested with Apple yet.', 'Writes are never tested.', '',
    ]);
  });

  it.each([
    ['=1+2', "'=1+2"],
    ['+49', "'+49"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['\t=1', "'␉=1"],
    ['＝1', "'＝1"],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    ['say "hi"', '"say ""hi"""'],
    ['a-b', 'a-b'],
  ])('%j becomes %j: nothing in a name is a formula', (name, text) => {
    expect(field(name)).toBe(text);
  });

  it('counts stay numbers', () => {
    expect(field(-1)).toBe('-1');
  });
});

describe('a picture', () => {
  const parse = (text: string) => new DOMParser().parseFromString(text, 'image/svg+xml');

  it('is an SVG of its own, with names as text whatever they look like', () => {
    const text = svg(sheet(HOSTILE));
    const document = parse(text);
    expect(document.querySelector('parsererror')).toBeNull();
    expect(document.documentElement.tagName.toLowerCase()).toBe('svg');
    expect([...document.querySelectorAll('script, image, a, foreignObject, style, img')]).toEqual([]);
    const texts = [...document.querySelectorAll('text')].map((one) => one.textContent);
    expect(texts).toContain('<img src=x onerror="alert(1)">');
    expect(texts).toContain('invoice‹U+202E›gpj.8p');
    expect(texts).toContain('�half');
    expect(text).not.toMatch(/href|url\(|javascript:[^a]|onload/);
  });

  it('shows title, zones, groups, totals, legend and date', () => {
    const texts = [...parse(svg(sheet())).querySelectorAll('text')].map((one) => one.textContent);
    for (const words of ['What 1 key may do', 'Either key type', 'Team keys only', 'Reviews', 'Team keys', 'Role decides.', 'CI Release', 'Keys with any access', 'Manage', 'Never', 'From Apple’s pages and what others report, Oct 2026.']) expect(texts).toContain(words);
  });

  it('has room for words where a sheet has few columns', () => {
    const wide = draw(sheet(['CI Release'], { words: true }), (text) => text.length * 6);
    const texts = wide.marks.flatMap((mark) => (mark.mark === 'text' ? [mark.text] : []));
    expect(texts.filter((text) => text === 'Manage')).toHaveLength(2);
  });

  it('ends a name that is too long, and keeps everything inside its edges', () => {
    const { width, height, marks } = draw(sheet(['W'.repeat(400)]), (text, size) => text.length * size * 0.6);
    const texts = marks.flatMap((mark) => (mark.mark === 'text' ? [mark] : []));
    expect(texts.some(({ text }) => /^W+…$/.test(text))).toBe(true);
    for (const { text, x, y, size, anchor } of texts) {
      const half = text.length * size * 0.6 * (anchor === 'middle' ? 0.5 : 1);
      expect([text, x + half <= width && y <= height]).toEqual([text, true]);
    }
  });

  it('draws the seven states apart, and an answer of Apple solid', () => {
    const half = (value: SheetCell['read']['value'], basis: SheetCell['read']['basis'] = 'documented') => ({ value, basis });
    const looks = ([['yes', 'yes'], ['yes', 'part'], ['yes', 'no'], ['no', 'no'], ['never', 'never'], ['unknown', 'unknown'], ['disputed', 'disputed']] as const).map(([read, write]) => JSON.stringify(glyph(half(read), half(write), 0, 0)));
    expect(new Set(looks).size).toBe(7);
    const fill = (marks: Mark[]) => marks.flatMap((mark) => (mark.mark === 'box' && mark.fill === 'level' ? [mark.tint] : []));
    expect(fill(glyph(half('yes', 'observed'), half('yes'), 0, 0))).toEqual([1, 0.3]);
  });

  it('keeps a hatch inside its cell', () => {
    const lines = hatch(10, 20, 66, 30);
    expect(lines.mark === 'strokes' && lines.at.length > 8 && lines.at.every(([x1, y1, x2, y2]) => Math.min(x1, x2) >= 10 && Math.max(x1, x2) <= 76 && Math.min(y1, y2) >= 20 && Math.max(y1, y2) <= 50)).toBe(true);
  });

  it('is made smaller where a canvas would be refused', () => {
    expect(scaleFor({ width: 1400, height: 800 }, 2)).toBe(2);
    const scale = scaleFor({ width: 1400, height: 30_000 }, 2);
    expect(30_000 * scale).toBeLessThanOrEqual(16_000);
  });

  it('has the colours of the light theme', () => {
    const css = readFileSync('src/styles/tokens.css', 'utf8').split('@media')[0] ?? '';
    const token = (name: string) => new RegExp(`${name}: (#\\w+);`).exec(css)?.[1];
    expect(LIGHT).toEqual({
      paper: token('--bg'), text: token('--text'), quiet: token('--text-2'), line: token('--line'), rule: token('--line-2'), level: token('--lvM'), empty: token('--lvE'),
      hatch: token('--hatch'), warn: token('--warn'), warnPaper: token('--warn-bg'), team: token('--team'), individual: token('--indiv'),
    });
  });

  it('lets nothing through that XML does not allow', () => {
    expect(xml('a\u0000b\ud800<&">\'')).toBe('a�b�&#60;&#38;&#34;&#62;&#39;');
  });
});

describe('copy or save', () => {
  const user = userEvent.setup();
  async function choose(item: string, options = {}) {
    const backend = await openWindow({ page: 'permissions', ...options });
    await screen.findByRole('grid');
    await user.click(screen.getByRole('button', { name: 'Copy or save' }));
    await expectAccessible();
    await user.click(screen.getByRole('menuitem', { name: item }));
    return backend;
  }

  it('copies the grid as Markdown, as it is asked and ordered', async () => {
    const backend = await choose('Copy as Markdown');
    expect(await screen.findByText('Copied as Markdown')).toBeTruthy();
    const [[text]] = callsOf(backend, 'exportCopy') as [[string]];
    expect(text).toMatch(/^# What 11 keys may do\n/);
    expect(text.indexOf('| CI Release |')).toBeLessThan(text.indexOf('| fastlane (old Mac mini) |'));
    expect(text).toContain('| 9 | 6 | 6 | 7 | 8 | 3 | 1 | 1 | 3 | 2 | 4 |');
    expect(text).not.toContain('Tomás');
  });

  it('saves a CSV that spreadsheets take for UTF-8, and names the file', async () => {
    const backend = await choose('Save as CSV…', { hostile: true });
    expect(await screen.findByText('Saved as reach.csv')).toBeTruthy();
    const [[request]] = callsOf(backend, 'exportSave') as [[ExportRequest]];
    expect({ ...request, content: '' }).toEqual({ title: 'Save What 17 keys may do', kind: 'Table (CSV)', name: 'reach', format: 'csv', content: '' });
    expect(request.content).toMatch(/^\ufeffGroup,Key,Role,Apps,/);
  });

  it('saves a picture', async () => {
    const backend = await choose('Save as SVG…', { hostile: true });
    expect(await screen.findByText('Saved as reach.svg')).toBeTruthy();
    const [[request]] = callsOf(backend, 'exportSave') as [[ExportRequest]];
    expect(new DOMParser().parseFromString(request.content, 'image/svg+xml').querySelector('parsererror')).toBeNull();
  });

  it('says so when nothing could be written', async () => {
    const backend = await openWindow({ page: 'permissions' });
    await screen.findByRole('grid');
    backend.failNext('exportSave', { code: 'disk_full' });
    await user.click(screen.getByRole('button', { name: 'Copy or save' }));
    await user.click(screen.getByRole('menuitem', { name: 'Save as Markdown…' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});
