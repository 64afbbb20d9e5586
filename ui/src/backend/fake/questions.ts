// The sample world's answers to "which key can ...?": the core's rules in short, on the sample catalogue. Good enough to draw
// and to test the window; what a key may really do is decided, sourced and tested in the core.
import type {
  AdviceView, AppScope, Area, AskedHalf, Basis, Bearer, CellView, FitView, Half, KeyAnswer, KeyView, Method, NearView, OperationView, PartView, PlanView, Question, Role, Task, TaskGroup, TaskView, WhoCanView,
} from '../bindings.gen';
import { ROLES } from '../roles';
import { AREAS, CATALOGUE_DATE, appReach, cells, reach, size } from './access';

type Job = { group: TaskGroup; needs: string[]; person?: boolean };
const JOBS: Record<Task, Job> = {
  upload_builds: { group: 'builds', needs: ['builds_upload'] },
  testflight_notes: { group: 'builds', needs: ['testflight_external'] },
  testflight_internal: { group: 'builds', needs: ['testflight_internal'] },
  testflight_external: { group: 'builds', needs: ['testflight_external'] },
  xcode_cloud: { group: 'builds', needs: ['xcode_cloud'] },
  notarize: { group: 'builds', needs: ['notary'] },
  performance: { group: 'builds', needs: ['performance'] },
  sandbox_testers: { group: 'builds', needs: ['sandbox'] },
  edit_metadata: { group: 'store', needs: ['metadata_write'] },
  prices: { group: 'store', needs: ['pricing'] },
  in_app_purchases: { group: 'store', needs: ['iap'] },
  submit_review: { group: 'store', needs: ['app_review'] },
  read_reviews: { group: 'store', needs: ['reviews_read'] },
  answer_reviews: { group: 'store', needs: ['reviews_reply'] },
  featuring: { group: 'store', needs: ['featuring'] },
  game_center: { group: 'store', needs: ['game_center'] },
  webhooks: { group: 'store', needs: ['webhooks'] },
  sales_reports: { group: 'reports', needs: ['sales_reports'] },
  finance_reports: { group: 'reports', needs: ['finance_reports'] },
  read_analytics: { group: 'reports', needs: ['analytics_read'] },
  request_analytics: { group: 'reports', needs: ['analytics_request'] },
  certificates: { group: 'team', needs: ['provisioning_read', 'provisioning_write'] },
  cloud_signing: { group: 'team', needs: ['cloud_signing'] },
  register_devices: { group: 'team', needs: ['provisioning_write'] },
  manage_users: { group: 'team', needs: ['users_manage'] },
  aso_contractor: { group: 'people', needs: ['apps_read', 'metadata_write'], person: true },
  analytics_service: { group: 'people', needs: ['sales_reports', 'analytics_read'] },
  review_desk: { group: 'people', needs: ['reviews_read', 'reviews_reply'], person: true },
  ci_machine: { group: 'people', needs: ['builds_upload', 'testflight_external', 'app_review'] },
};
export const MENU: TaskView[] = (Object.entries(JOBS) as [Task, Job][]).map(([task, { group }]) => ({ task, group }));

const ORDER: Half[] = ['yes', 'part', 'disputed', 'unknown', 'no', 'never'];
/** From the smallest to the largest, as far as App Store Connect surely offers them for Team keys. */
const TEAM_ROLES: Role[] = ['SALES', 'FINANCE', 'DEVELOPER', 'APP_MANAGER', 'ADMIN'];
const PEOPLE_ROLES: Role[] = ['CUSTOMER_SUPPORT', 'MARKETING', 'DEVELOPER', 'APP_MANAGER', 'ADMIN'];

function parts(key: { kind: KeyView['kind']; roles: Role[] }): PartView[] {
  return cells(key.kind, key.roles).flatMap((cell) => cell.parts);
}
function areaOf(capability: string): Area | undefined {
  return AREAS.find((_, at) => cells('team', ['ADMIN'])[at]?.parts.some((part) => part.capability === capability));
}
const worst = (values: Half[]): Half => ORDER[Math.max(0, ...values.map((value) => ORDER.indexOf(value)))] ?? 'unknown';
const best = (values: Half[]): Half => ORDER[Math.min(...values.map((value) => ORDER.indexOf(value)))] ?? 'unknown';

// ------------------------------------------------------------ which keys can
/** What a key may do, whatever Apple answered included. */
export type Cells = (key: KeyView) => CellView[];
type Answer = Omit<KeyAnswer, 'key' | 'size'>;

/** What of an answer is left when it is asked for an app, or for all: nothing an Individual key's owner does not see. */
function within(scope: AppScope, key: KeyView, answer: Answer): Answer {
  if (scope === 'any' || appReach(key) !== 'as_owner' || (answer.value !== 'yes' && answer.value !== 'part')) return answer;
  if (key.apps.seen === 'all') return answer;
  if (key.apps.seen === 'unknown') return { ...answer, value: 'unknown', basis: 'unknown', reason: 'apps_unknown' };
  if (scope !== 'every' && key.apps.ids.includes(scope.one)) return answer;
  return { ...answer, value: 'no', basis: 'observed', reason: 'app_not_visible' };
}

function answerFor(question: Question, operations: OperationView[], own: CellView[]): Answer {
  const area = question.about === 'area' ? question.area : question.about === 'operation' ? operations.find((one) => one.path === question.path)?.area : areaOf(question.capability);
  const cell: CellView | undefined = own[AREAS.indexOf(area ?? 'apps')];
  const half: AskedHalf = question.about === 'area' ? question.half : question.about === 'operation' && question.method === 'GET' ? 'read' : 'write';
  const deciding = question.about === 'capability' ? (cell?.parts.filter((part) => part.capability === question.capability) ?? []) : (cell?.parts ?? []);
  const [one] = deciding;
  if (question.about === 'capability') return { value: one?.value ?? 'unknown', basis: one?.basis ?? 'unknown', reason: 'role', parts: deciding };
  const access = half === 'write' ? cell?.write : cell?.read;
  const value = half === 'any' ? best([cell?.read.value ?? 'unknown', cell?.write.value ?? 'unknown']) : (access?.value ?? 'unknown');
  return { value, basis: access?.basis ?? 'unknown', reason: access?.reason ?? 'no_source', parts: deciding };
}

const KINDS: Bearer['kind'][] = ['team', 'individual'];

export function whoCan(keys: KeyView[], question: Question, scope: AppScope, seen: Cells): WhoCanView {
  const answers = keys
    .filter((key) => key.archived_at === null)
    .map((key) => ({ key: key.id, size: size(key.kind, key.roles), ...within(scope, key, answerFor(question, OPERATIONS, seen(key))) }))
    .sort((a, b) => ORDER.indexOf(a.value) - ORDER.indexOf(b.value) || a.size - b.size);
  const area = question.about === 'area' ? question.area : question.about === 'operation' ? OPERATIONS.find((one) => one.path === question.path)?.area : areaOf(question.capability);
  const task = MENU.find((one) => JOBS[one.task].needs.some((need) => areaOf(need) === area))?.task;
  const bearers = KINDS.flatMap((kind) => ROLES[kind].map((role): Bearer => ({ kind, role })))
    .filter(({ kind, role }) => answerFor(question, OPERATIONS, cells(kind, [role])).value === 'yes');
  return { answers, create: task ? plan([task]) : null, bearers };
}

// ------------------------------------------------------------ advice
function valueOf(key: { kind: KeyView['kind']; roles: Role[] }, need: string, own = parts(key)): PartView | undefined {
  return own.find((part) => part.capability === need);
}
function beyond(key: { kind: KeyView['kind']; roles: Role[] }, needs: string[]): Area[] {
  const own = needs.map(areaOf);
  return AREAS.filter((area, at) => !own.includes(area) && ['manage', 'limited', 'view'].includes(reach(key.kind, key.roles)[at] ?? ''));
}
const needsOf = (tasks: Task[]) => [...new Set(tasks.flatMap((task) => JOBS[task].needs))];

function plan(tasks: Task[]): PlanView | null {
  const needs = needsOf(tasks);
  const person = tasks.some((task) => JOBS[task].person);
  for (const kind of person ? (['individual', 'team'] as const) : (['team'] as const)) {
    const role = (kind === 'team' ? TEAM_ROLES : PEOPLE_ROLES).find((one) => needs.every((need) => valueOf({ kind, roles: [one] }, need)?.value === 'yes'));
    if (!role) continue;
    const other = needs.map((need) => valueOf({ kind: kind === 'team' ? 'individual' : 'team', roles: [role] }, need)?.value ?? 'unknown');
    const [first] = needs.flatMap((need) => valueOf({ kind, roles: [role] }, need) ?? []);
    return {
      kind, role, tasks, basis: first?.basis ?? 'derived', beyond: beyond({ kind, roles: [role] }, needs), created_by: kind === 'team' ? ['ACCOUNT_HOLDER', 'ADMIN'] : [],
      other_kind: worst(other), smaller_if_offered: role === 'APP_MANAGER' && needs.every((need) => need === 'metadata_write') ? 'MARKETING' : null, sources: first?.sources ?? [],
    };
  }
  return null;
}

export function advise(keys: KeyView[], tasks: Task[], scope: AppScope, seen: Cells): AdviceView {
  const advice: AdviceView = { catalogue_date: CATALOGUE_DATE, menu: MENU, fits: [], nearly: [], create: null, split: [], closed: [], open: [] };
  if (tasks.length === 0) return advice;
  const needs = needsOf(tasks);
  for (const key of keys.filter((one) => one.archived_at === null)) {
    const apps = appReach(key);
    const own = seen(key).flatMap((cell) => cell.parts);
    const bounded = scope === 'every' && apps === 'as_owner';
    const missing = tasks.flatMap((task) => JOBS[task].needs.map((need) => ({ task, part: valueOf(key, need, own) })).filter(({ part }) => bounded || part?.value !== 'yes'));
    const on = (task: Task): Basis => valueOf(key, JOBS[task].needs[0] ?? '', own)?.basis ?? 'unknown';
    if (missing.length === 0) {
      const fit: FitView = { key: key.id, apps, size: size(key.kind, key.roles), proofs: tasks.map((task) => ({ task, basis: on(task) })), beyond: beyond(key, needs) };
      advice.fits.push(fit);
    } else if (missing.length < needs.length || missing.some(({ part }) => part?.value === 'unknown' || part?.value === 'disputed' || part?.value === 'yes')) {
      const near: NearView = {
        key: key.id, apps, beyond: beyond(key, needs),
        missing: missing.map(({ task, part }) => (part?.value === 'yes'
          ? { task, capability: part.capability, value: 'unknown', basis: 'unknown', note: 'apps_unknown' }
          : { task, capability: part?.capability ?? '', value: part?.value ?? 'unknown', basis: part?.basis ?? 'unknown', note: null })),
      };
      advice.nearly.push(near);
    }
  }
  advice.fits.sort((a, b) => a.beyond.length - b.beyond.length || a.size - b.size);
  advice.nearly.sort((a, b) => a.missing.length - b.missing.length);
  advice.open = tasks.filter((task) => plan([task]) === null);
  const doable = tasks.filter((task) => !advice.open.includes(task));
  advice.create = doable.length > 0 ? plan(doable) : null;
  if (advice.create?.role === 'ADMIN' && doable.length > 1) {
    const single = doable.map((task) => plan([task])).filter((one) => one !== null);
    if (new Set(single.map((one) => one.role)).size > 1 && single.every((one) => one.role !== 'ADMIN')) advice.split = single;
  }
  for (const task of tasks) {
    const value = worst(JOBS[task].needs.map((need) => valueOf({ kind: 'individual', roles: ['ADMIN'] }, need)?.value ?? 'unknown'));
    if (value === 'never' || value === 'disputed') advice.closed.push({ task, value });
  }
  return advice;
}

// ------------------------------------------------------------ operations
const RESOURCES: [resource: string, area: Area, methods: string, guessed?: boolean][] = [
  ['apps', 'apps', 'G I P'], ['appInfos', 'apps', 'I P'], ['appStoreVersions', 'apps', 'C I P D'], ['appScreenshots', 'apps', 'C I P D'], ['reviewSubmissions', 'apps', 'G C I P'],
  ['webhooks', 'apps', 'C I P D', true], ['builds', 'builds', 'G I P'], ['betaGroups', 'builds', 'G C I P D'], ['betaTesters', 'builds', 'G C I D'], ['betaAppLocalizations', 'builds', 'G C I P D'],
  ['ciProducts', 'xcode_cloud', 'G I D'], ['ciBuildRuns', 'xcode_cloud', 'C I'], ['inAppPurchases', 'pricing', 'C I P D'], ['territories', 'pricing', 'G', true], ['customerReviews', 'reviews', 'I'],
  ['customerReviewResponses', 'reviews', 'C I D'], ['analyticsReportRequests', 'analytics', 'C I D'], ['users', 'users', 'G I P D'], ['userInvitations', 'users', 'G C I D'],
  ['certificates', 'provisioning', 'G C I D'], ['profiles', 'provisioning', 'G C I D'], ['devices', 'provisioning', 'G C I P'], ['bundleIds', 'provisioning', 'G C I P D'], ['salesReports', 'sales', 'G'], ['financeReports', 'finance', 'G'],
];
const SHAPES: Record<string, [Method, string]> = { G: ['GET', ''], C: ['POST', ''], I: ['GET', '/{id}'], P: ['PATCH', '/{id}'], D: ['DELETE', '/{id}'] };

/** What one reads of a single app. */
const OF_AN_APP = ['appInfos', 'appStoreVersions', 'betaGroups', 'builds', 'customerReviews', 'inAppPurchasesV2', 'preReleaseVersions', 'promotedPurchases', 'reviewSubmissions', 'searchKeywords', 'subscriptionGroups', 'webhooks'];

export const OPERATIONS: OperationView[] = [...RESOURCES.flatMap(([resource, area, methods, guessed = false]) => [
  ...methods.split(' ').flatMap((letter): OperationView[] => {
    const shape = SHAPES[letter];
    return shape ? [{ method: shape[0], path: `/v1/${resource}${shape[1]}`, area, guessed, deprecated: resource === 'betaAppLocalizations', relationship: false, class: AREAS.indexOf(area) * 2 + (shape[0] === 'GET' ? 0 : 1) }] : [];
  }),
  { method: 'GET' as const, path: `/v1/apps/{id}/relationships/${resource}`, area, guessed, deprecated: false, relationship: true, class: AREAS.indexOf(area) * 2 },
]), ...OF_AN_APP.map((part) => ({ method: 'GET' as const, path: `/v1/apps/{id}/${part}`, area: 'apps' as const, guessed: false, deprecated: false, relationship: false, class: AREAS.indexOf('apps') * 2 }))];

export function operations(keys: KeyView[], seen: Cells) {
  const classes = AREAS.flatMap((area) => (['read', 'write'] as const).map((half) => {
    const { answers } = whoCan(keys, { about: 'area', area, half }, 'any', seen);
    const count = (values: Half[]) => answers.filter((answer) => values.includes(answer.value)).length;
    return { can: count(['yes', 'part']), maybe: count(['unknown', 'disputed']) };
  }));
  return { version: '4.4.1', operations: OPERATIONS, classes };
}
