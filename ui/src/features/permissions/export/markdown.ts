// A sheet as Markdown: a table per group that reads well unrendered too. What each answer rests on is a small number behind it,
// explained below the tables. Names stay text, whatever they look like: nothing in them can end a cell or start markup.
import { visible } from '../../../i18n';
import type { Sheet, SheetColumn } from './sheet';
import { basesOf, footnotes, zonesOf } from './sheet';

const SUPERSCRIPT = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/** Text that Markdown renders as itself, on one line. */
export function plain(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>|~$]|&(?=#?\w+;)|^#/g, (sign) => `\\${sign}`)
    // A name at the start of a line must not become a list, a quote or a rule; an address must not become a link.
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')
    .replace(/:\/\//g, ':\\//')
    .replace(/\bwww\./gi, 'www\\.')
    .replace(/@/g, '\\@');
}

function headOf({ label, notes }: SheetColumn): string {
  return [label, ...notes].map(plain).join(', ');
}

export function markdown(sheet: Sheet): string {
  const bases = basesOf(sheet);
  const mark = new Map(bases.map((basis, at) => [basis, SUPERSCRIPT[at + 1] ?? '']));
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const zones = zonesOf(sheet.columns);
  const columns = sheet.columns.map(headOf);
  const heads = [plain(sheet.corner), ...sheet.facts.map(plain), ...columns];
  const tables = sheet.groups.flatMap((group) => [
    `## ${plain(group.label)}`,
    '',
    ...(group.note === null ? [] : [plain(group.note), '']),
    line(heads),
    line(heads.map(() => '---')),
    ...group.rows.map((row) => line([plain(row.label), ...row.facts.map(plain), ...row.cells.map(({ words, rests }) => `${plain(words)}\u00a0${mark.get(rests) ?? ''}`)])),
    '',
  ]);
  const totals = sheet.totals ? [`## ${plain(sheet.totals.label)}`, '', line(columns), line(columns.map(() => '---')), line(sheet.totals.counts.map(String)), ''] : [];
  // Markdown has no heads over several columns, so the zones are said in words.
  let from = 0;
  const spans = zones.map(({ label, span }) => `- ${plain(label)}: ${sheet.columns.slice(from, (from += span)).map(({ label: one }) => plain(one)).join('; ')}`);
  return [
    `# ${plain(sheet.title)}`,
    '',
    ...(sheet.subtitle === null ? [] : [plain(sheet.subtitle), '']),
    ...tables,
    ...totals,
    ...(spans.length > 0 ? [...spans, ''] : []),
    ...bases.map((rests) => `${mark.get(rests) ?? ''} ${plain(rests)}  `),
    '',
    footnotes(sheet).join(' '),
    '',
  ].join('\n');
}
