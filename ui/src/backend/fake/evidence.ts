// What the sample world's Apple answers, laid over the sample catalogue by the core's rules in short: an answer speaks for reading,
// a refusal closes the area, and what differs from the table is said to. The rules themselves are tested in the core.
import type { Access, AnswerView, Area, CellView, Half, KeyKind, Layer, PartView, Reading, Role } from '../bindings.gen';
import { AREAS, cells, levelOf } from './access';

/** What is asked of Apple in each area, and how. What takes an upload cannot be asked for by reading. */
const REQUESTS: Partial<Record<Area, string>> = {
  apps: 'GET /v1/apps?limit=1&fields[apps]=bundleId',
  builds: 'GET /v1/builds?limit=1&fields[builds]=version',
  xcode_cloud: 'GET /v1/ciProducts?limit=1&fields[ciProducts]=productType',
  pricing: 'GET /v1/apps/6446901002/appAvailabilityV2?fields[appAvailabilities]=availableInNewTerritories',
  reviews: 'GET /v1/apps/6446901002/customerReviews?limit=1&fields[customerReviews]=rating',
  analytics: 'GET /v1/apps/6446901002/analyticsReportRequests?limit=1',
  users: 'GET /v1/users?limit=1&fields[users]=roles',
  provisioning: 'GET /v1/certificates?limit=1&fields[certificates]=certificateType',
  sales: 'GET /v1/salesReports?filter[frequency]=DAILY&filter[reportType]=SALES',
  finance: 'GET /v1/financeReports?filter[reportType]=FINANCIAL&filter[regionCode]=ZZ',
};
/** The part that says whether an area can be read at all: the first of each. */
const readerOf = (area: Area): string => cells('team', ['ADMIN'])[AREAS.indexOf(area)]?.parts[0]?.capability ?? '';

const STATUS: Partial<Record<Reading, number>> = { can_read: 200, nothing_there: 404, role_refuses: 403, closed_to_kind: 401, mistaken: 400, unclear: 418, not_learned: 503 };
const ERRORS: Partial<Record<Reading, [error: string, title: string, detail: string]>> = {
  role_refuses: ['FORBIDDEN_ERROR', 'This request is forbidden for security reasons', 'The API key in use does not allow this request'],
  closed_to_kind: ['NOT_AUTHORIZED', 'Authentication credentials are missing or invalid.', 'Provide a properly configured and signed bearer token'],
};

/** One answer of Apple's about an area. */
export function answer(area: Area, reading: Reading, at: number, stale = false): AnswerView {
  const [error, title, detail] = ERRORS[reading] ?? [];
  const request_id = `7D0C5A1E-52F4-4B9E-8F7C-${String(AREAS.indexOf(area)).padStart(12, '0')}`;
  return {
    capability: readerOf(area), area, reading, stale,
    exchange: {
      request: REQUESTS[area] ?? '', status: STATUS[reading] ?? null, request_id, at,
      apple: error === undefined ? null : { error, title: title ?? '', detail: detail ?? '', id: request_id },
    },
  };
}

/** What a key with this role gets when it is asked about everything; where the sample's sources are silent, Apple refuses. */
export function answersFor(kind: KeyKind, roles: Role[], at: number, stale = false): AnswerView[] {
  const own = cells(kind, roles);
  return AREAS.filter((area) => REQUESTS[area] !== undefined).map((area) => {
    const value = own[AREAS.indexOf(area)]?.parts[0]?.value ?? 'unknown';
    const reading: Reading = value === 'yes' || value === 'part' || value === 'disputed' ? 'can_read' : value === 'never' ? 'closed_to_kind' : 'role_refuses';
    return answer(area, reading, at, stale);
  });
}

const ALLOWED: Reading[] = ['can_read', 'nothing_there'];
const REFUSED: Reading[] = ['role_refuses', 'closed_to_kind'];
const reaches = (half: Half) => half === 'yes' || half === 'part';
const UNASKED: Access = { value: 'unknown', basis: 'unknown', reason: 'not_asked' };

function unasked(cell: CellView): CellView {
  const parts = cell.parts.map((part): PartView => ({ ...part, value: 'unknown', documented: 'unknown', basis: 'unknown', note: null, sources: [] }));
  return { ...cell, level: 'unclear', label: null, basis: 'unknown', read: UNASKED, write: UNASKED, parts };
}

function told(cell: CellView, answers: AnswerView[]): CellView {
  const parts = cell.parts.map((part): PartView => {
    const given = answers.find((one) => one.capability === part.capability);
    const allowed = given !== undefined && ALLOWED.includes(given.reading);
    if (!given || !(allowed || REFUSED.includes(given.reading))) return part;
    const value: Half = allowed ? (part.documented === 'part' ? 'part' : 'yes') : part.documented === 'never' ? 'never' : 'no';
    return { ...part, value, basis: 'observed', observed: { outcome: allowed ? 'allowed' : 'refused', at: given.exchange.at } };
  });
  const [first] = parts;
  if (!first?.observed) return cell;
  const answered = (value: Half): Access => ({ value, basis: 'observed', reason: value === 'never' ? 'kind' : 'answered' });
  const allowed = first.observed.outcome === 'allowed';
  const read = answered(allowed ? 'yes' : first.value);
  const write = allowed || cell.write.reason === 'nothing_to_write' ? cell.write : answered(first.value);
  const contradicted = allowed ? first.documented === 'no' || first.documented === 'never' : reaches(first.documented);
  const level = levelOf(read.value, write.value);
  const label = allowed && level === cell.level ? cell.label : null;
  return { ...cell, parts, read, write, level, label, contradicted, basis: 'observed' };
}

/** Cells as a layer shows them. */
export function layered(documented: CellView[], answers: AnswerView[], layer: Layer): CellView[] {
  if (layer === 'documented') return documented;
  const ground = layer === 'observed' ? documented.map(unasked) : documented;
  return ground.map((cell) => {
    const seen = told(cell, answers);
    return layer === 'observed' ? { ...seen, contradicted: false } : seen;
  });
}
