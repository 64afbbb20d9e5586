// Hand-off in sentences: what a tool takes, what keeps a key from it, where a key went and how.
import type { HandoffInstead, HandoffPlaceWarning, KeyView, NearView, ReceiptView, RecipeView, Task, Tool } from '../../backend/bindings.gen';
import { clock, listed, t, tCode, taskWords } from '../../i18n';

export const toolName = (tool: Tool | null): string => (tool === null ? t('studio.tool.unknown') : tCode('handoff.tool', tool));
export const toolAbout = (tool: Tool): string => tCode(`handoff.tool.${tool}`, 'about');
export const formName = (code: string): string => tCode('handoff.form', code);

/** What a search looks at: the tool, its forms, its jobs. */
export function matches({ tool, forms, jobs }: RecipeView, query: string): boolean {
  const all = [toolName(tool), toolAbout(tool), ...forms.map(({ code }) => formName(code)), ...jobs.map(taskWords)].join(' ').toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

export const marksWords = ({ individual }: RecipeView): string => t('studio.marks', { individual: tCode('handoff.individual', individual.value) });

/** What keeps a key from fitting, in one line. */
export function nearWords({ missing }: NearView, key: KeyView): string {
  if (key.roles.length === 0) return t('studio.near.role');
  const named = (wanted: (value: string) => boolean) => [...new Set(missing.filter(({ value }) => wanted(value)).map(({ capability, task }) => (capability ? tCode('access.capability', capability) : taskWords(task))))];
  const closed = named((value) => value === 'no' || value === 'never');
  const open = named((value) => value !== 'no' && value !== 'never');
  return [...(closed.length > 0 ? [t('studio.near.no', { what: listed(closed) })] : []), ...(open.length > 0 ? [t('studio.near.open', { what: listed(open) })] : [])].join(' ');
}

export function insteadWords(way: HandoffInstead): string {
  return way.way === 'kind' ? tCode('handoff.instead.kind', way.kind) : tCode('handoff.instead', 'form', { tool: toolName(way.tool), form: formName(way.form) });
}

export const jobsWords = (jobs: Task[]): string => listed(jobs.map(taskWords));

/** Names that begin alike are shown without it; what was left out, or nothing. */
export function sharedStart(names: string[]): string {
  const [first = '', ...more] = names;
  let start = first;
  for (const name of more) while (!name.startsWith(start)) start = start.slice(0, -1);
  start = start.slice(0, start.lastIndexOf('_') + 1);
  // Shorter ones cost more to explain than they save.
  return more.length > 0 && start.length >= 18 && names.every((name) => name.length > start.length) ? start : '';
}

export type Warned = { title: string; body: string; action: string };

export function warningWords(warning: HandoffPlaceWarning): Warned {
  const stem = warning.code === 'git_work_tree' && warning.listed ? 'git_work_tree.listed' : warning.code;
  const params = { ...(warning.code === 'git_work_tree' ? { root: warning.root } : {}), ...(warning.code === 'cloud_folder' ? { service: tCode('handoff.cloud', warning.service) } : {}) };
  const part = (name: keyof Warned) => tCode(`handoff.warning.${stem}`, name, params);
  return { title: part('title'), body: part('body'), action: part('action') };
}

/** "Variables, by the clipboard". */
export function howWords({ form, by }: ReceiptView): string {
  return form === null ? tCode('studio.by', by) : t('studio.how', { form: formName(form), by: tCode('studio.by', by) });
}

/** Places that were named before, those of the same tool first, each once. */
export function placesBefore(receipts: ReceiptView[], tool: Tool, most = 4): string[] {
  const own = receipts.filter((one) => one.tool === tool);
  return [...new Set([...own, ...receipts].map(({ destination }) => destination))].slice(0, most);
}

/** Working is only said of what was read back and had signed, and it says where: "at 14:12:05, by Keyfolio, not by fastlane". */
export const proofWords = (at: number, tool: string): string => t('studio.proved.where', { time: clock(at), tool });
