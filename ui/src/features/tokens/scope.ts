// The requests one can limit a token to. A template becomes an entry of the scope only once every hole in it is filled: the
// chosen app fills its own, any other is left to the user.
import type { Area, OperationView } from '../../backend/bindings.gen';
import { areaWords, t } from '../../i18n';
import { fold } from '../../primitives/typeahead';
import { resourceName } from './names';

export type Choice = {
  /** The path, with the app's ID where it is known; it may still have holes. */
  path: string;
  /** What it reads, in words. */
  name: string;
  area: Area;
  /** There is a hole that nobody has filled. */
  open: boolean;
};

/** At most this many entries: what the core would sign. */
export const MAX_ENTRIES = 32;
const APPS = /^\/v\d+\/apps\/\{id\}/;
const HOLE = /\{[^}]*\}/;

export const entryOf = (path: string): string => `GET ${path}`;
export const pathOf = (entry: string): string => entry.replace(/^GET /, '');
export const isAppId = (text: string): boolean => /^\d{6,20}$/.test(text);

/** Where the first hole of a path is, for selecting it. */
export function hole(path: string): [from: number, to: number] | null {
  const found = HOLE.exec(path);
  return found ? [found.index, found.index + found[0].length] : null;
}

/** What a path reads, in words. */
export function pathName(template: string): string {
  const [resource = '', ...rest] = template.split('/').filter(Boolean).slice(1);
  const parts = rest.filter((segment) => !segment.startsWith('{'));
  const own = resource === 'apps' && rest.length > 0;
  if (parts.length === 0) return rest.length === 0 ? resourceName(resource) : own ? t('tokens.op.self') : t('tokens.op.one', { resource: resourceName(resource) });
  const part = parts.map(resourceName).join(', ');
  return own ? part : t('tokens.op.below', { part, resource: resourceName(resource) });
}

/** A path with the app's ID in it, where it asks for one. */
export function filled(template: string, app: string | null): string {
  return app === null ? template : template.replace(APPS, (start) => start.replace('{id}', app));
}

/** Every read, that of the chosen app first, then what needs no ID, then the rest. Links between records are left out. */
export function choices(operations: OperationView[], app: string | null): Choice[] {
  const all = operations
    .filter(({ method, relationship }) => method === 'GET' && !relationship)
    .map(({ path, area }) => ({ path: filled(path, app), name: pathName(path), area, open: HOLE.test(filled(path, app)), own: app !== null && APPS.test(path) }));
  const rank = ({ own, open }: { own: boolean; open: boolean }) => (open ? 2 : own ? 0 : 1);
  return all.sort((a, b) => rank(a) - rank(b)).map(({ path, name, area, open }) => ({ path, name, area, open }));
}

/** Those whose path, name or area has every word. */
export function filtered(all: Choice[], query: string): Choice[] {
  const words = fold(query.trim().replace(/^GET\s+/i, '')).split(/\s+/).filter(Boolean);
  return words.length === 0 ? all : all.filter(({ path, name, area }) => {
    const text = fold(`${path} ${name} ${areaWords(area)}`);
    return words.every((word) => text.includes(word));
  });
}
