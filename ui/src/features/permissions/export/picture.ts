// A sheet as a picture: title, heads with their zones, groups, glyphs, totals, legend and date, laid out from measured words.
// The layout knows nothing of SVG or canvas; see `drawing.ts`.
import { t, visible } from '../../../i18n';
import { levelWords } from '../layers';
import { type Drawing, type Ink, type Mark, type Measure, type Text, measure, toPng, toSvg } from './drawing';
import { GLYPH, glyph } from '../../../primitives/glyph';
import { SAMPLES, hatch } from './glyph';
import { type Sheet, type SheetColumn, type SheetRow, footnotes, isTested, levelsOf, zonesOf } from './sheet';

const EDGE = 28;
const ROW = 30;
const GROUP = 38;
const ZONE = 22;
const SMALL = 11;
const BODY = 13;
/** The widest a column of names or facts gets; longer text ends in an ellipsis. */
const LONGEST = { label: 360, fact: 170 };
/** Width of a column of cells: a glyph, or a glyph and its words. */
const CELL = { glyphs: 66, words: 196 };
const TILE = 18;

type Plan = { sheet: Sheet; width: Measure; label: number; facts: number[]; cell: number; cells: number; right: number };

/** Text in at most `room` pixels. */
function fit(text: string, room: number, size: number, bold: boolean, width: Measure): string {
  if (width(text, size, bold) <= room) return text;
  const letters = [...text];
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (width(`${letters.slice(0, middle).join('')}…`, size, bold) <= room) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`;
}

/** Words in lines of at most `room` pixels; a word that is longer keeps a line of its own. */
function wrap(text: string, room: number, size: number, bold: boolean, width: Measure): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && width(`${last} ${word}`, size, bold) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function words(text: string, x: number, y: number, look: Partial<Pick<Text, 'size' | 'bold' | 'ink' | 'anchor'>> = {}): Text {
  return { mark: 'text', x, y, text: visible(text), size: BODY, bold: false, ink: 'text', anchor: 'start', ...look };
}
function rule(x1: number, x2: number, y: number, line: Ink = 'line', weight = 1): Mark {
  return { mark: 'strokes', at: [[x1, y, x2, y]], line, weight };
}

function planOf(sheet: Sheet, width: Measure): Plan {
  const rows = sheet.groups.flatMap((group) => group.rows);
  const widest = (texts: string[], most: number) => Math.min(most, Math.max(...texts.map((text) => width(visible(text), BODY, false))));
  const tile = rows.some(({ kind }) => kind !== null) ? TILE + 8 : 0;
  const label = Math.ceil(widest([sheet.corner, ...rows.map((row) => row.label)], LONGEST.label)) + tile + 20;
  const facts = sheet.facts.map((fact, at) => Math.ceil(widest([fact, ...rows.map((row) => row.facts[at] ?? '')], LONGEST.fact)) + 16);
  const cells = EDGE + label + facts.reduce((sum, one) => sum + one, 0);
  const cell = sheet.words ? CELL.words : CELL.glyphs;
  const right = Math.max(cells + cell * sheet.columns.length, EDGE + 520);
  return { sheet, width, label, facts, cell, cells, right };
}

/** Lines of a column's head, bottom up to the rule: its name bold when it is a key. */
function headLines(column: SheetColumn, { cell, width, sheet }: Plan): { text: string; bold: boolean }[] {
  if (!sheet.words) return wrap(visible(column.short ?? column.label), cell - 6, SMALL, false, width).map((text) => ({ text, bold: false }));
  return [
    { text: fit(visible(column.label), cell - 28, SMALL, true, width), bold: true },
    ...column.notes.map((note) => ({ text: fit(visible(note), cell - 28, SMALL, false, width), bold: false })),
  ];
}

function heads(plan: Plan, top: number): { marks: Mark[]; bottom: number } {
  const { sheet, cells, cell, label, facts, right } = plan;
  const marks: Mark[] = [];
  const zones = zonesOf(sheet.columns);
  let from = cells;
  for (const { zone, label: name, span } of zones) {
    const to = from + span * cell;
    marks.push(words(name, (from + to) / 2, top + 12, { size: SMALL, bold: true, anchor: 'middle', ink: zone === 'team_only' ? 'text' : 'quiet' }));
    marks.push(rule(from, to, top + ZONE - 1, zone === 'team_only' ? 'team' : 'rule', 2));
    from = to;
  }
  const lines = sheet.columns.map((column) => headLines(column, plan));
  const bottom = top + (zones.length > 0 ? ZONE : 0) + 10 + Math.max(1, ...lines.map((one) => one.length)) * 14 + 4;
  marks.push(words(sheet.corner, EDGE, bottom - 8, { size: SMALL, ink: 'quiet' }));
  let x = EDGE + label;
  sheet.facts.forEach((fact, at) => {
    marks.push(words(fact, x, bottom - 8, { size: SMALL, ink: 'quiet' }));
    x += facts[at] ?? 0;
  });
  sheet.columns.forEach((column, at) => {
    const own = lines[at] ?? [];
    const left = cells + at * cell;
    own.forEach(({ text, bold }, line) => {
      const y = bottom - 8 - (own.length - 1 - line) * 14;
      marks.push(words(text, sheet.words ? left + 12 : left + cell / 2, y, { size: SMALL, bold, ink: bold ? 'text' : 'quiet', anchor: sheet.words ? 'start' : 'middle' }));
    });
    if (column.kind) marks.push(rule(left + (at > 0 ? 1 : 0), left + cell, bottom - own.length * 14 - 10, column.kind, 2));
  });
  return { marks: [...marks, rule(EDGE, right, bottom, 'rule')], bottom };
}

function row(plan: Plan, { label, facts, kind, cells }: SheetRow, top: number): Mark[] {
  const { sheet, width } = plan;
  const base = top + ROW / 2 + 4.5;
  const marks: Mark[] = [];
  let left = EDGE;
  if (kind) {
    marks.push({ mark: 'box', x: left, y: top + (ROW - TILE) / 2, width: TILE, height: TILE, radius: kind === 'team' ? 5 : TILE / 2, fill: kind, tint: 1, line: null, weight: 1, dashed: false });
    left += TILE + 8;
  }
  marks.push(words(fit(visible(label), EDGE + plan.label - left - 16, BODY, false, width), left, base));
  left = EDGE + plan.label;
  facts.forEach((fact, at) => {
    const room = plan.facts[at] ?? 0;
    marks.push(words(fit(visible(fact), room - 12, SMALL, false, width), left, base - 0.5, { size: SMALL, ink: 'quiet' }));
    left += room;
  });
  cells.forEach((cell, at) => {
    const x = plan.cells + at * plan.cell;
    const y = top + (ROW - GLYPH.height) / 2;
    if (cell.level === 'never') marks.push(hatch(x, top + 0.5, plan.cell, ROW - 1));
    marks.push(...glyph(cell.read, cell.write, sheet.words ? x + 12 : x + (plan.cell - GLYPH.width) / 2, y));
    if (sheet.words) marks.push(words(fit(cell.words, plan.cell - GLYPH.width - 32, BODY, false, width), x + 12 + GLYPH.width + 9, base, { ink: cell.level === 'disputed' ? 'warn' : 'text' }));
  });
  return [...marks, rule(EDGE, plan.right, top + ROW)];
}

function body(plan: Plan, from: number): { marks: Mark[]; bottom: number } {
  const { sheet, right, cells, cell, width } = plan;
  const marks: Mark[] = [];
  let top = from;
  for (const group of sheet.groups) {
    const name = visible(group.label);
    marks.push(words(name, EDGE, top + GROUP - 11, { bold: true }));
    if (group.note !== null) marks.push(words(fit(visible(group.note), right - EDGE - width(name, BODY, true) - 20, SMALL, false, width), EDGE + width(name, BODY, true) + 10, top + GROUP - 11, { size: SMALL, ink: 'quiet' }));
    marks.push(rule(EDGE, right, top + GROUP));
    top += GROUP;
    for (const one of group.rows) {
      marks.push(...row(plan, one, top));
      top += ROW;
    }
  }
  if (sheet.totals) {
    marks.push(words(sheet.totals.label, EDGE, top + ROW / 2 + 4, { size: SMALL, ink: 'quiet' }));
    sheet.totals.counts.forEach((count, at) => marks.push(words(String(count), cells + (at + 0.5) * cell, top + ROW / 2 + 4.5, { ink: 'quiet', anchor: 'middle' })));
    top += ROW;
  }
  const wall = sheet.columns.findIndex(({ zone }) => zone === 'team_only');
  if (wall > 0) marks.push({ mark: 'strokes', at: [[cells + wall * cell, from, cells + wall * cell, top]], line: 'rule', weight: 1 });
  return { marks, bottom: top };
}

function legend(plan: Plan, top: number): { marks: Mark[]; bottom: number } {
  const { sheet, width, right } = plan;
  const marks: Mark[] = [];
  let x = EDGE;
  let y = top + 22;
  const place = (text: string, sample: ((x: number, y: number) => Mark[]) | null) => {
    const needed = (sample ? GLYPH.width + 6 : 0) + width(text, SMALL, false);
    if (x > EDGE && x + needed > right) {
      x = EDGE;
      y += 19;
    }
    if (sample) marks.push(...sample(x, y - 8.5));
    marks.push(words(text, x + (sample ? GLYPH.width + 6 : 0), y, { size: SMALL, ink: 'quiet' }));
    x += needed + 18;
  };
  for (const level of levelsOf(sheet)) {
    const [read, write] = SAMPLES[level];
    place(levelWords({ label: null, level }, sheet.layer), (left, above) => glyph({ value: read, basis: 'documented' }, { value: write, basis: 'documented' }, left, above));
  }
  if (isTested(sheet)) {
    const sample = { value: 'yes', basis: 'observed' } as const;
    place(t('export.observed'), (left, above) => glyph(sample, sample, left, above));
  }
  place(t('export.halves'), null);
  x = EDGE;
  y += 19;
  for (const note of footnotes(sheet)) place(note, null);
  return { marks, bottom: y + 8 };
}

/** The whole picture, in CSS pixels. */
export function draw(sheet: Sheet, width: Measure): Drawing {
  const plan = planOf(sheet, width);
  const subtitle = sheet.subtitle === null ? [] : wrap(visible(sheet.subtitle), plan.right - EDGE, BODY - 1, false, width);
  const top: Mark[] = [
    words(sheet.title, EDGE, 40, { size: 17, bold: true }),
    ...subtitle.map((line, at) => words(line, EDGE, 60 + at * 17, { size: BODY - 1, ink: 'quiet' })),
  ];
  const head = heads(plan, 60 + subtitle.length * 17);
  const middle = body(plan, head.bottom);
  const end = legend(plan, middle.bottom);
  return { width: plan.right + EDGE, height: end.bottom + EDGE - 8, title: visible(sheet.title), marks: [...top, ...head.marks, ...middle.marks, ...end.marks] };
}

/** The sheet as an SVG document. */
export function svg(sheet: Sheet): string {
  return toSvg(draw(sheet, measure()));
}

/** The sheet as a PNG file, Base64; `scale` is pixels per CSS pixel, less where the picture would grow too large. */
export function png(sheet: Sheet, scale: number): string {
  return toPng(draw(sheet, measure()), scale);
}
