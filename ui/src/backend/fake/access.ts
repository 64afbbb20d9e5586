// The sample world's catalogue: a snapshot of what the core answers for each role, without its notes and with few of its
// sources, so that a browser shows the levels people will see. The catalogue itself, and its evaluation, live in the core.
import type { Access, AppReach, Area, Basis, CellView, Difference, Half, KeyKind, LedgerRow, LedgerSummary, Level, PartView, Reason, Role, SourceView, Zone } from '../bindings.gen';

export const CATALOGUE_VERSION = '2026-10';
export const CATALOGUE_DATE = '2026-10';

const source = (title: string, url: string, basis: Basis, date: string): SourceView => ({ title, url, basis, date });
const ROLE_PAGE = source('Apple help: Role permissions', 'https://developer.apple.com/help/app-store-connect/reference/account-management/role-permissions', 'documented', '2026-10');
const KEY_PAGE = source('Apple: Creating API keys', 'https://developer.apple.com/documentation/appstoreconnectapi/creating-api-keys-for-app-store-connect-api', 'documented', '2026-10');
const SPEC = source('Apple: OpenAPI description 4.4.1', 'https://developer.apple.com/sample-code/app-store-connect/app-store-connect-openapi-specification.zip', 'spec', '2026-07');
const REPORT = source('fastlane: a Developer key and TestFlight texts', 'https://github.com/fastlane/docs/issues/1050', 'reported', '2021-04-13');
const NOTARY = source('notarytool help on Individual keys, quoted', 'https://github.com/indygreg/apple-platform-rs/issues/260', 'reported', '2026-01-23');
const SOURCES: Record<Basis, SourceView[]> = {
  observed: [], documented: [ROLE_PAGE], quoted: [ROLE_PAGE], derived: [KEY_PAGE, ROLE_PAGE], reported: [REPORT], disputed: [ROLE_PAGE, REPORT], spec: [SPEC], unknown: [],
};

const ORDER: Role[] = ['ACCOUNT_HOLDER', 'ADMIN', 'APP_MANAGER', 'DEVELOPER', 'FINANCE', 'MARKETING', 'SALES', 'CUSTOMER_SUPPORT'];
const HALVES: Record<string, Half> = { y: 'yes', p: 'part', n: 'no', u: 'unknown', d: 'disputed' };
const BASES: Record<string, Basis> = { d: 'documented', q: 'quoted', r: 'reported', v: 'derived', u: 'unknown', x: 'disputed', s: 'spec' };

/**
 * `cells`: per role in ORDER, the halves (read, write), the basis, and a label. `parts`: a capability, its value and its
 * basis per role. `individual`: what holds for every Individual key, whatever the role.
 */
type AreaSheet = { area: Area; zone: Zone; individual?: 'never' | 'disputed' | 'unknown'; cells: string; parts: [capability: string, values: string, bases: string][] };

const SHEET: AreaSheet[] = [
  {
    area: 'apps', zone: 'either',
    cells: 'yyv yyv yyv ypr:game_center_view unu:view_open ypv:edit_metadata_view ynr ynv',
    parts: [['apps_read', 'yyyyuyyy', 'vvvruvrv'], ['metadata_write', 'yyynnynn', 'vvvrvvvv'], ['app_review', 'yyynnnnn', 'vvvrvvrv'], ['featuring', 'yyynnynn', 'vvvvvvvv'], ['game_center', 'yyyyuuuu', 'rrrruuuu'], ['webhooks', 'uuuuuuuu', 'uuuuuuuu'], ['app_create', 'nnnnnnnn', 'ssssssss']],
  },
  {
    area: 'builds', zone: 'either',
    cells: 'yyv yyv yyv ypr:upload_view nnv nuu nnv nnv',
    parts: [['builds_upload', 'yyyynnnn', 'vvvdvvvv'], ['testflight_internal', 'yyyununn', 'vvvuvuvv'], ['testflight_external', 'yyynnnnn', 'vvvrvvvv'], ['performance', 'yyyyuuuu', 'vvvruuuu'], ['sandbox', 'yyyynnnn', 'vvvvvvvv']],
  },
  {
    area: 'xcode_cloud', zone: 'either',
    cells: 'yyv yyv yyv yyr uuu uuu uuu uuu',
    parts: [['xcode_cloud', 'yyyyuuuu', 'vvvruuuu']],
  },
  {
    area: 'pricing', zone: 'either',
    cells: 'yyv yyv yyv ppv:in_app_purchases nnv ppv:in_app_purchases nnv nnv',
    parts: [['pricing', 'yyynnnnn', 'vvvvvvvv'], ['iap', 'yyypnpnn', 'vvvvvvvv']],
  },
  {
    area: 'reviews', zone: 'either',
    cells: 'yyv:reply_view yyr:reply_view ydr:view_reply_open ynv nnv ynv nnr yyv:reply_view',
    parts: [['reviews_read', 'yyyynyny', 'vvrvvvrv'], ['reviews_reply', 'yydnnnny', 'vrxvvvvv']],
  },
  {
    area: 'analytics', zone: 'either', individual: 'unknown',
    cells: 'yyd:request_download yyd:request_download nnr nnv ynd:download nnv ynd:download nnv',
    parts: [['analytics_read', 'yynnynyn', 'ddrvdvdv'], ['analytics_request', 'yynnnnnn', 'ddvvdvdv']],
  },
  {
    area: 'users', zone: 'either',
    cells: 'yyv yyv udx unu:view_open unu:view_open unu:view_open unu:view_open unu:view_open',
    parts: [['users_read', 'yyuuuuuu', 'vvuuuuuu'], ['users_manage', 'yydnnnnn', 'vdxvvvvv'], ['keys', 'nnnnnnnn', 'ssssssss']],
  },
  {
    area: 'provisioning', zone: 'team_only', individual: 'never',
    cells: 'yyr yyr ddx dnx nnv nnv nnv nnv',
    parts: [['provisioning_read', 'yyddnnnn', 'rrxxvvvv'], ['provisioning_write', 'yydnnnnn', 'rrxvvvvv'], ['cloud_signing', 'yynnnnnn', 'rrrrvvvv']],
  },
  {
    area: 'sales', zone: 'team_only', individual: 'never',
    cells: 'ynv:download ynv:download nnr nnv ynr:download nnv ynd:download nnv',
    parts: [['sales_reports', 'yynnynyn', 'vvrvrvdv']],
  },
  {
    area: 'finance', zone: 'team_only', individual: 'never',
    cells: 'ynv:download ynv:download nnv nnv ynv:download nnv nnd nnv',
    parts: [['finance_reports', 'yynnynnn', 'vvvvvvdv']],
  },
  {
    area: 'notary', zone: 'team_only', individual: 'disputed',
    cells: 'yyv:submit yyv:submit yyr:submit yyr:submit uuu uuu uuu uuu',
    parts: [['notary', 'yyyyuuuu', 'vvrruuuu']],
  },
];

export function levelOf(read: Half, write: Half): Level {
  if (read === 'never') return 'never';
  if (read === 'yes' || read === 'part') return write === 'yes' ? 'manage' : write === 'part' ? 'limited' : 'view';
  if (read === 'disputed' || write === 'disputed') return 'disputed';
  return read === 'unknown' || write === 'unknown' ? 'unclear' : 'none';
}

const UNREADABLE: Access = { value: 'no', basis: 'spec', reason: 'nothing_to_write' };
/** Areas of reports: there is nothing to write in them. */
const REPORTS: Area[] = ['sales', 'finance'];

/** The same value in every part of an area. */
function flat(sheet: AreaSheet, value: Half, basis: Basis, reason: Reason, sources: SourceView[]): CellView {
  const parts = sheet.parts.map(([capability]): PartView => ({ capability, value, basis, note: null, sources, documented: value, observed: null }));
  const access = { value, basis, reason };
  return { level: levelOf(value, value), label: null, basis, read: access, write: access, contradicted: false, parts };
}

function reasonOf(value: Half): Reason {
  return value === 'disputed' ? 'sources_disagree' : value === 'unknown' ? 'no_source' : 'role';
}

function cell(sheet: AreaSheet, kind: KeyKind, roles: Role[]): CellView {
  if (kind === 'individual' && sheet.individual === 'never') return flat(sheet, 'never', 'documented', 'kind', [KEY_PAGE]);
  if (kind === 'individual' && sheet.individual === 'disputed') return flat(sheet, 'disputed', 'disputed', 'sources_disagree', [KEY_PAGE, NOTARY]);
  if (kind === 'individual' && sheet.individual === 'unknown') return flat(sheet, 'unknown', 'unknown', 'no_source', []);
  // The sample knows no sums of roles: a person's first role stands for all of them.
  const [role] = roles;
  if (!role) return flat(sheet, 'unknown', 'unknown', 'role_unknown', []);
  const at = ORDER.indexOf(role);
  const [letters = 'uuu', label = null] = (sheet.cells.split(' ')[at] ?? '').split(':');
  const half = (place: number): Half => HALVES[letters.charAt(place)] ?? 'unknown';
  const basis = BASES[letters.charAt(2)] ?? 'unknown';
  const parts = sheet.parts.map(([capability, values, bases]): PartView => {
    const on = BASES[bases.charAt(at)] ?? 'unknown';
    const value = HALVES[values.charAt(at)] ?? 'unknown';
    return { capability, value, basis: on, note: null, sources: SOURCES[on], documented: value, observed: null };
  });
  const access = (value: Half): Access => ({ value, basis: value === 'unknown' || value === 'disputed' ? value : basis, reason: reasonOf(value) });
  const write = REPORTS.includes(sheet.area) ? UNREADABLE : access(half(1));
  return { level: levelOf(half(0), half(1)), label, basis, read: access(half(0)), write, contradicted: false, parts };
}

/** What a key may do, area by area. */
export function cells(kind: KeyKind, roles: Role[]): CellView[] {
  return SHEET.map((sheet) => cell(sheet, kind, roles));
}

export const AREAS: Area[] = SHEET.map((sheet) => sheet.area);

export function reach(kind: KeyKind, roles: Role[]): Level[] {
  return cells(kind, roles).map(({ level }) => level);
}

/** Which apps a key reaches. */
export function appReach({ kind, roles }: { kind: KeyKind; roles: Role[] }): AppReach {
  if (kind === 'team') return 'all_always';
  return roles.some((role) => role === 'ACCOUNT_HOLDER' || role === 'ADMIN' || role === 'FINANCE') ? 'all_by_role' : 'as_owner';
}

const RANK: Record<Half, number> = { yes: 2, part: 1, no: 0, never: 0, unknown: 0, disputed: 0 };

/** How far a key reaches over everything. */
export function size(kind: KeyKind, roles: Role[]): number {
  return cells(kind, roles).reduce((sum, { read, write }) => sum + RANK[read.value] + RANK[write.value], 0);
}

const open = ({ read, write }: CellView) => [read.value, write.value].some((half) => half === 'unknown' || half === 'disputed');
const further = (a: CellView, b: CellView) => RANK[a.read.value] > RANK[b.read.value] || RANK[a.write.value] > RANK[b.write.value];

function difference(cells: CellView[]): Difference {
  if (cells.length < 2) return 'none';
  if (cells.some(open)) return 'unsettled';
  if (cells.some((one) => cells.some((other) => further(one, other)))) return 'effect';
  return cells.every((one) => one.level === cells[0]?.level) ? 'none' : 'reason';
}

/** The ledger's rows, and the count of differences when there are several columns. */
export function compare(columns: CellView[][]): { rows: LedgerRow[]; summary: LedgerSummary | null } {
  const rows = SHEET.map((sheet, at): LedgerRow => {
    const row = columns.flatMap((column) => column[at] ?? []);
    return { area: sheet.area, zone: sheet.zone, cells: row, difference: difference(row) };
  });
  if (columns.length < 2) return { rows, summary: null };
  const summary: LedgerSummary = { alone: columns.map(() => 0), same: 0, differ: 0, unsettled: 0 };
  for (const { cells: row, difference: how } of rows) {
    if (how === 'unsettled') summary.unsettled += 1;
    else if (how !== 'effect') summary.same += 1;
    else {
      const alone = row.map((one) => row.every((other) => other === one || further(one, other)));
      alone.forEach((is, at) => is && (summary.alone[at] = (summary.alone[at] ?? 0) + 1));
      if (!alone.includes(true)) summary.differ += 1;
    }
  }
  return { rows, summary };
}
