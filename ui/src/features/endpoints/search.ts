// Finding one of more than a thousand operations by what people have at hand: a word, a method, a path, a URL from a log or a
// whole curl line. Everything here is plain arithmetic on strings; the list is in the window and never asked for again.
import type { Area, Method, OperationClass, OperationView } from '../../backend/bindings.gen';
import { fold } from '../../primitives/typeahead';

const METHODS: Method[] = ['GET', 'POST', 'PATCH', 'DELETE'];

/**
 * What was typed. `path`: the segments of a path; `whole` when it came from a URL or a command and so must match from end to
 * end. `words`: all of them must occur.
 */
export type Query =
  | { by: 'nothing' }
  | { by: 'path'; method: Method | null; segments: string[]; anchored: boolean; whole: boolean }
  | { by: 'words'; method: Method | null; words: string[] };

export type Filters = { read: boolean; write: boolean; hideRelationships: boolean; hideDeprecated: boolean; area: Area | 'all'; keys: 'any' | 'can' | 'none' };
export const OPEN: Filters = { read: true, write: true, hideRelationships: true, hideDeprecated: false, area: 'all', keys: 'any' };

/** An operation that matches, and which stretches of its path did. */
export type Found = { operation: OperationView; marks: [from: number, to: number][] };
export type Finding = { found: Found[]; hidden: { relationships: number; deprecated: number } };

const asMethod = (text: string | undefined): Method | null => METHODS.find((method) => method === text?.toUpperCase()) ?? null;

/** The method a command line asks for: `-X`, or POST as soon as it carries a body. */
function methodOf(command: string): Method | null {
  const named = /(?:^|\s)(?:-X\s*|--request[\s=]+)['"]?([A-Za-z]+)/.exec(command)?.[1];
  if (named) return asMethod(named);
  const body = /\s(?:-d|--data(?:-[a-z]+)?|--json|-F|--form)(?=[\s='"{@])/.test(command) && !/\s(?:-G|--get)(?=\s|$)/.test(command);
  return body ? 'POST' : 'GET';
}

const segmentsOf = (path: string): string[] => path.replace(/[?#].*$/, '').split('/').filter(Boolean);

export function parse(text: string): Query {
  const typed = text.trim();
  if (typed === '') return { by: 'nothing' };
  const url = /https?:\/\/[^\s/'"]+(\/[^\s'"]*)?/i.exec(typed);
  const command = /^(?:\$\s*)?(?:curl|http|https|wget|xh)\s/i.test(typed);
  const [head = '', ...others] = typed.split(/\s+/);
  if (url) return { by: 'path', method: command ? methodOf(typed) : asMethod(head), segments: segmentsOf(url[1] ?? ''), anchored: true, whole: true };
  const method = asMethod(head);
  const words = method ? others : [head, ...others];
  const [only = ''] = words;
  if (words.length === 1 && only.includes('/')) return { by: 'path', method, segments: segmentsOf(only), anchored: only.startsWith('/'), whole: false };
  const named = words.map(asMethod).find((one) => one !== null) ?? method;
  return { by: 'words', method: named, words: words.filter((word) => asMethod(word) === null).map(fold) };
}

const isHole = (segment: string): boolean => segment.startsWith('{');

/** Where the segments stand in the template, or null. A hole takes any value; the last one typed may be incomplete. */
function fit(template: string[], given: string[], anchored: boolean): { at: number; whole: boolean; literal: number } | null {
  const latest = anchored ? 0 : template.length - given.length;
  for (let at = 0; at <= latest; at += 1) {
    let literal = 0;
    const fits = given.every((segment, step) => {
      const own = template[at + step];
      if (own === undefined || (step === 0 && isHole(own))) return false;
      if (isHole(own)) return true;
      const wanted = fold(segment);
      const same = fold(own) === wanted;
      if (same) literal += 1;
      return same || (step === given.length - 1 && fold(own).startsWith(wanted));
    });
    if (fits && given.length <= template.length - at) return { at, whole: at === 0 && given.length === template.length && given.every((segment, step) => isHole(template[step] ?? '') || fold(segment) === fold(template[step] ?? '')), literal };
  }
  return null;
}

type Candidate = Found & { rank: number; whole: boolean };

function byPath(operations: OperationView[], { segments, anchored, method }: Extract<Query, { by: 'path' }>): Candidate[] {
  if (segments.length === 0) return operations.map((operation) => ({ operation, marks: [], rank: 0, whole: false }));
  return operations.flatMap((operation) => {
    const template = segmentsOf(operation.path);
    const place = fit(template, segments, anchored);
    if (!place) return [];
    const from = template.slice(0, place.at).reduce((sum, segment) => sum + segment.length + 1, place.at === 0 ? 0 : 1);
    const middle = template.slice(place.at, place.at + segments.length - 1).reduce((sum, segment) => sum + segment.length + 1, place.at === 0 ? 1 : 0);
    const last = template[place.at + segments.length - 1] ?? '';
    const to = from + middle + (isHole(last) ? last.length : (segments.at(-1)?.length ?? 0));
    // The very operation first, then its path with other methods, then what begins like it; a word of the path before a hole.
    const rank = (place.whole ? 0 : 100) + (method && operation.method !== method ? 10 : 0) - place.literal;
    return [{ operation, marks: [[from, to]], rank, whole: place.whole }];
  });
}

function byWords(operations: OperationView[], { words, method }: Extract<Query, { by: 'words' }>, areaWords: (area: Area) => string): Candidate[] {
  return operations.flatMap((operation) => {
    if (method && operation.method !== method) return [];
    const path = fold(operation.path);
    const area = fold(areaWords(operation.area));
    if (!words.every((word) => path.includes(word) || area.includes(word))) return [];
    const marks = words.flatMap((word): [number, number][] => {
      const places: [number, number][] = [];
      for (let at = path.indexOf(word); at >= 0 && word !== ''; at = path.indexOf(word, at + word.length)) places.push([at, at + word.length]);
      return places;
    });
    const [resource = '', ...rest] = path.split('/').filter(Boolean).slice(1);
    const begins = (segment: string) => words.some((word) => segment.startsWith(word));
    const rank = words.includes(resource) ? 0 : begins(resource) ? 1 : rest.some(begins) ? 2 : marks.length > 0 ? 3 : 4;
    return [{ operation, marks: merged(marks), rank, whole: false }];
  });
}

/** Stretches in order, those that touch made one. */
function merged(marks: [number, number][]): [number, number][] {
  const all: [number, number][] = [];
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}

/**
 * The operations that match and pass the filters, best first. What was named in full (a URL, a command, a complete path) is
 * shown even if it is a relationship or deprecated: hiding the one thing asked for would be a riddle.
 */
export function find(operations: OperationView[], classes: OperationClass[], query: Query, filters: Filters, areaWords: (area: Area) => string): Finding {
  const all: Candidate[] =
    query.by === 'path' ? byPath(operations, query) : query.by === 'words' ? byWords(operations, query, areaWords) : operations.map((operation) => ({ operation, marks: [], rank: 0, whole: false }));
  const named = all.some(({ whole }) => whole);
  const matches = query.by === 'path' && query.whole && named ? all.filter(({ whole }) => whole) : all;
  const hidden = { relationships: 0, deprecated: 0 };
  const found = matches.filter(({ operation, whole }) => {
    const can = (classes[operation.class]?.can ?? 0) > 0;
    if (!(operation.method === 'GET' ? filters.read : filters.write)) return false;
    if (filters.area !== 'all' && operation.area !== filters.area) return false;
    if (filters.keys !== 'any' && can !== (filters.keys === 'can')) return false;
    if (whole) return true;
    if (filters.hideRelationships && operation.relationship) hidden.relationships += 1;
    else if (filters.hideDeprecated && operation.deprecated) hidden.deprecated += 1;
    else return true;
    return false;
  });
  found.sort((a, b) => a.rank - b.rank);
  return { found: found.map(({ operation, marks }) => ({ operation, marks })), hidden };
}

/** A path cut at its marks, for drawing. */
export function pieces(path: string, marks: [number, number][]): { text: string; marked: boolean }[] {
  const all: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    all.push({ text: path.slice(at, from), marked: false }, { text: path.slice(from, to), marked: true });
    at = to;
  }
  all.push({ text: path.slice(at), marked: false });
  return all.filter(({ text }) => text !== '');
}
