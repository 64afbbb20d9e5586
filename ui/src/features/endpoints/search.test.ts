import { describe, expect, it } from 'vitest';
import type { Method, OperationView } from '../../backend/bindings.gen';
import { areaWords } from '../../i18n';
import { type Filters, OPEN, find, parse, pieces } from './search';

const operation = (line: string, extra: Partial<OperationView> = {}): OperationView => {
  const [method, path = ''] = line.split(' ');
  return { method: method as Method, path, area: 'apps', guessed: false, deprecated: false, relationship: path.includes('/relationships/'), class: method === 'GET' ? 0 : 1, ...extra };
};
const OPERATIONS = [
  operation('GET /v1/appStoreVersions/{id}'),
  operation('GET /v1/apps'),
  operation('GET /v1/apps/{id}'),
  operation('PATCH /v1/apps/{id}'),
  operation('GET /v1/apps/{id}/betaGroups', { area: 'builds' }),
  operation('GET /v1/apps/{id}/builds', { area: 'builds' }),
  operation('GET /v1/apps/{id}/relationships/builds', { area: 'builds' }),
  operation('GET /v1/betaGroups', { area: 'builds' }),
  operation('POST /v1/betaGroups', { area: 'builds' }),
  operation('DELETE /v1/betaGroups/{id}', { area: 'builds', deprecated: true }),
  operation('POST /v2/sandboxTestersClearPurchaseHistoryRequest', { area: 'builds' }),
];
const CLASSES = [{ can: 3, maybe: 0 }, { can: 0, maybe: 1 }];

function found(text: string, filters: Partial<Filters> = {}): string[] {
  return find(OPERATIONS, CLASSES, parse(text), { ...OPEN, ...filters }, areaWords).found.map((one) => `${one.operation.method} ${one.operation.path}`);
}

describe('by words', () => {
  it('finds a path by any stretch of it, the resource itself first', () => {
    expect(found('betagroups')).toEqual(['GET /v1/betaGroups', 'POST /v1/betaGroups', 'DELETE /v1/betaGroups/{id}', 'GET /v1/apps/{id}/betaGroups']);
    expect(found('apps')[0]).toBe('GET /v1/apps');
  });
  it('takes words of a camelCase name apart, in any order', () => {
    expect(found('history sandbox')).toEqual(['POST /v2/sandboxTestersClearPurchaseHistoryRequest']);
  });
  it('takes a method as a method', () => {
    expect(found('post betaGroups')).toEqual(['POST /v1/betaGroups']);
    expect(found('DELETE')).toEqual(['DELETE /v1/betaGroups/{id}']);
  });
  it('finds an area by its name', () => {
    expect(found('testflight get')).toContain('GET /v1/apps/{id}/builds');
  });
});

describe('by path', () => {
  it('grows with what is typed, complete matches first', () => {
    expect(found('/v1/apps')).toEqual(['GET /v1/apps', 'GET /v1/apps/{id}', 'PATCH /v1/apps/{id}', 'GET /v1/apps/{id}/betaGroups', 'GET /v1/apps/{id}/builds', 'GET /v1/appStoreVersions/{id}']);
    expect(found('/v1/apps/1234/bu')).toEqual(['GET /v1/apps/{id}/builds']);
    expect(found('apps/1234/beta')).toEqual(['GET /v1/apps/{id}/betaGroups']);
  });
  it('puts the method named before it first', () => {
    expect(found('PATCH /v1/apps/1234')[0]).toBe('PATCH /v1/apps/{id}');
  });
  it('finds the template of a URL, query and fragment aside', () => {
    expect(found('https://api.appstoreconnect.apple.com/v1/apps/123/builds?limit=5&fields[builds]=version#x')).toEqual(['GET /v1/apps/{id}/builds']);
    expect(found('https://api.appstoreconnect.apple.com/v1/apps/')).toEqual(['GET /v1/apps']);
    expect(found('https://example.com/v9/nothing')).toEqual([]);
  });
  it('shows what was named in full even if such things are hidden', () => {
    expect(found('https://api.appstoreconnect.apple.com/v1/apps/123/relationships/builds')).toEqual(['GET /v1/apps/{id}/relationships/builds']);
    expect(found('/v1/betaGroups/77', { hideDeprecated: true })).toEqual(['DELETE /v1/betaGroups/{id}']);
  });
  it.each([
    [`curl -g "https://api.appstoreconnect.apple.com/v1/betaGroups?limit=1" -H "Authorization: Bearer $TOKEN"`, 'GET /v1/betaGroups'],
    [`curl https://api.appstoreconnect.apple.com/v1/betaGroups -H 'Content-Type: application/json' -d '{"data":{}}'`, 'POST /v1/betaGroups'],
    [`curl -XPATCH https://api.appstoreconnect.apple.com/v1/apps/1 --data @body.json`, 'PATCH /v1/apps/{id}'],
    [`curl --request DELETE 'https://api.appstoreconnect.apple.com/v1/betaGroups/77'`, 'DELETE /v1/betaGroups/{id}'],
    [`$ curl -G https://api.appstoreconnect.apple.com/v1/apps -d limit=3`, 'GET /v1/apps'],
  ])('finds what %s calls', (line, first) => {
    expect(found(line)[0]).toBe(first);
  });
});

describe('filters', () => {
  it('count what they hide, so that nobody thinks it is not there', () => {
    expect(find(OPERATIONS, CLASSES, parse('builds'), OPEN, () => '').hidden).toEqual({ relationships: 1, deprecated: 0 });
    expect(find(OPERATIONS, CLASSES, parse(''), { ...OPEN, hideDeprecated: true }, areaWords).hidden).toEqual({ relationships: 1, deprecated: 1 });
  });
  it('read, write, area, and whether a key of mine can', () => {
    expect(found('', { write: false }).every((line) => line.startsWith('GET'))).toBe(true);
    expect(found('', { read: false })).toHaveLength(4);
    expect(found('', { area: 'apps', read: false })).toEqual(['PATCH /v1/apps/{id}']);
    expect(found('', { keys: 'none' })).toEqual(found('', { read: false }));
    expect(found('', { keys: 'can' })).toEqual(found('', { write: false }));
  });
});

describe('what matched', () => {
  it.each([
    ['betaGroups', '/v1/[betaGroups]'],
    ['beta groups', '/v1/[betaGroups]'],
    ['/v1/beta', '[/v1/beta]Groups'],
    ['v1/betaG', '[/v1/betaG]roups'],
    ['https://api.appstoreconnect.apple.com/v1/betaGroups', '[/v1/betaGroups]'],
  ])('%s', (text, drawn) => {
    const one = find(OPERATIONS, CLASSES, parse(text), OPEN, areaWords).found.find(({ operation: { path } }) => path === '/v1/betaGroups');
    expect(pieces('/v1/betaGroups', one?.marks ?? []).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join('')).toBe(drawn);
  });
  it('covers an identifier’s place as a whole', () => {
    const [one] = find(OPERATIONS, CLASSES, parse('/v1/apps/1234567/bu'), OPEN, areaWords).found;
    expect(pieces(one?.operation.path ?? '', one?.marks ?? [])).toEqual([{ text: '/v1/apps/{id}/bu', marked: true }, { text: 'ilds', marked: false }]);
  });
});
