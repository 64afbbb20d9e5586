// The advisor in sentences: how many fit, what each rests on, what it reaches beyond, what is missing, who may make the key.
import type { Area, Basis, FitView, KeyView, Level, MissingView, NearView, PlanView, Role, Task, TaskView } from '../../backend/bindings.gen';
import { hasWords, listed, rolesOf, t, tCode, taskWords } from '../../i18n';

/** A sentence whose beginning is set in bold. */
export type Phrase = { strong: string; rest: string };

const ofMany = (prefix: string, count: number) => tCode(prefix, count <= 2 ? String(count) : 'more', { jobs: count });

/** "this job", "both jobs", "all 3 jobs". */
export const eachJob = (count: number): string => ofMany('advisor.these', count);

/** "this job", "these jobs". */
export const theJobs = (count: number): string => t('advisor.the_jobs', { count });

export const tasksWords = (tasks: Task[]): string => listed(tasks.map(taskWords));

const areasWords = (areas: Area[]): string => listed(areas.map((area) => tCode('advisor.area', area)));

export const roleWords = (role: Role): string => tCode('access.role', role);

export function keyLine(key: KeyView, apps: FitView['apps']): string {
  return t('advisor.key', { kind: tCode('keys.kind', key.kind), role: rolesOf(key), apps: tCode('advisor.apps', apps) });
}

export function fitsWords(fits: number, jobs: number): string {
  return fits === 0 ? t('advisor.fits.none', { jobs: eachJob(jobs) }) : t('advisor.fits', { count: fits, jobs: eachJob(jobs) });
}

/** What a fit rests on: one line per kind of evidence, in the order the jobs were given; old answers of Apple's say so. */
export function proofs(fit: FitView, key: KeyView): { basis: Basis; stale: boolean; words: string }[] {
  const bases = [...new Set(fit.proofs.map(({ basis }) => basis))];
  const role = rolesOf(key);
  return bases.map((basis) => {
    const stale = basis === 'observed' && key.standing.stale;
    const tasks = fit.proofs.filter((proof) => proof.basis === basis).map(({ task }) => task);
    const words = bases.length === 1 ? tCode('advisor.proof_all', basis, { role }) : tCode('advisor.proof', basis, { tasks: tasksWords(tasks), role });
    return { basis, stale, words: stale ? t('ledger.stale', { words }) : words };
  });
}

const REACHED: Level[] = ['manage', 'limited', 'view'];
/** Below this, naming the areas again is shorter than pointing at the key above. */
const WORTH_POINTING = 3;
/** What people most want to hear about a key that reaches everything. */
const TELLING: Area[] = ['users', 'sales', 'finance'];

/**
 * How far a key reaches beyond the jobs. `above` is what the key above it in the list reaches beyond them, so that a long
 * list says only what is added.
 */
export function beyondWords(beyond: Area[], reach: Level[], jobs: number, above: Area[] = []): Phrase {
  if (beyond.length === 0) return { strong: t('advisor.beyond.none', { jobs: theJobs(jobs) }), rest: '' };
  const telling = beyond.filter((area) => TELLING.includes(area));
  if (telling.length > 0 && reach.every((level) => REACHED.includes(level))) {
    return { strong: t('advisor.beyond.every', { jobs: theJobs(jobs) }), rest: t('advisor.beyond.including', { areas: areasWords(telling) }) };
  }
  const strong = t('advisor.beyond', { jobs: theJobs(jobs), count: beyond.length });
  const more = beyond.filter((area) => !above.includes(area));
  if (above.length < WORTH_POINTING || more.length + above.length !== beyond.length) return { strong, rest: t('advisor.beyond.names', { areas: areasWords(beyond) }) };
  return { strong, rest: more.length === 0 ? t('advisor.beyond.same') : t('advisor.beyond.same_plus', { count: above.length, areas: areasWords(more) }) };
}

export type Lack = { basis: Basis; words: Phrase; note: string | null };

function lackWords({ value, basis }: MissingView, role: string): string {
  return value === 'no' ? tCode('advisor.lack.no', basis, { role }) : tCode('advisor.lack', value);
}

/** The core's way to say that the role would do, but not for these apps. */
const ONLY_THE_APPS = ['apps_unknown', 'app_not_visible'];

/**
 * What keeps a key from fitting, each thing once. A job that asks for several abilities is taken apart, so that people see
 * which of them is missing.
 */
export function lacks(near: NearView, key: KeyView, menu: TaskView[]): Lack[] {
  if (key.roles.length === 0) return [{ basis: 'unknown', words: { strong: '', rest: t('advisor.lack.role_unknown') }, note: null }];
  const several = (task: Task) => near.missing.filter((one) => one.task === task).length > 1 || menu.find((one) => one.task === task)?.group === 'people';
  const found = new Map<string, Lack>();
  for (const missing of near.missing) {
    if (missing.note !== null && ONLY_THE_APPS.includes(missing.note)) {
      found.set(missing.note, { basis: missing.basis, words: { strong: '', rest: tCode('access.reason', missing.note) }, note: null });
      continue;
    }
    const what = several(missing.task) ? tCode('access.capability', missing.capability) : taskWords(missing.task);
    const note = missing.note !== null && hasWords('access.note', missing.note) ? tCode('access.note', missing.note) : null;
    found.set(`${what} ${missing.value}`, { basis: missing.basis, words: { strong: t('advisor.lack', { what }), rest: lackWords(missing, rolesOf(key)) }, note });
  }
  return [...found.values()];
}

/** "Team key, App Manager". */
export function planName({ kind, role }: PlanView): string {
  return t('advisor.plan', { kind: tCode('keys.kind_long', kind), role: roleWords(role) });
}

export function planBasis({ basis, tasks }: PlanView): string {
  return tCode('advisor.plan.basis', basis, { jobs: ofMany('advisor.plan.for', tasks.length) });
}

export function planBeyond({ beyond, tasks }: PlanView): Phrase {
  const jobs = theJobs(tasks.length);
  if (beyond.length === 0) return { strong: '', rest: t('advisor.plan.beyond.none', { jobs }) };
  return { strong: '', rest: `${t('advisor.plan.beyond', { jobs, count: beyond.length })} ${t('advisor.beyond.names', { areas: areasWords(beyond) })}` };
}

/** What the other kind of key, and a smaller role, would do. */
export function planNotes(plan: PlanView): string[] {
  return [
    tCode(`advisor.other.${plan.kind}`, plan.other_kind),
    ...(plan.smaller_if_offered ? [t('advisor.smaller', { role: roleWords(plan.smaller_if_offered) })] : []),
  ];
}

/** A name for the new key that says what it is for. */
function suggestedName({ tasks, role }: PlanView): string {
  const [first, second, ...more] = tasks.map(taskWords);
  if (first === undefined) return roleWords(role);
  if (second === undefined) return first;
  return more.length === 0 ? t('advisor.step.team.name.two', { first, second }) : t('advisor.step.team.name.more', { first });
}

/** How to make the key, one step after the other. Key pages of App Store Connect cannot be opened any deeper than step one. */
export function steps(plan: PlanView): Phrase[] {
  const last: Phrase[] = [
    { strong: t('advisor.step.download'), rest: t('advisor.step.download.rest') },
    { strong: t('advisor.step.drop'), rest: t('advisor.step.drop.rest') },
  ];
  if (plan.kind === 'individual') {
    return [
      { strong: t('advisor.step.individual.role'), rest: t('advisor.step.individual.role.rest', { role: roleWords(plan.role) }) },
      { strong: t('advisor.step.individual.open'), rest: t('advisor.step.individual.open.rest') },
      { strong: t('advisor.step.individual.generate'), rest: t('advisor.step.individual.generate.rest') },
      ...last,
    ];
  }
  return [
    { strong: t('advisor.step.team.open'), rest: t('advisor.step.team.open.rest', { roles: listed(plan.created_by.map(roleWords), 'or') }) },
    { strong: t('advisor.step.team.generate'), rest: t('advisor.step.team.generate.rest', { name: suggestedName(plan) }) },
    { strong: t('advisor.step.team.role', { role: roleWords(plan.role) }), rest: t('advisor.step.team.role.rest') },
    ...last,
  ];
}

/** The same as plain text, to hand to whoever makes the key. */
export function planText(plan: PlanView): string {
  const lines = steps(plan).map(({ strong, rest }, at) => t('advisor.step.line', { number: at + 1, words: `${strong} ${rest}` }));
  return [planName(plan), planBasis(plan), '', ...lines, '', ...planNotes(plan)].join('\n');
}
