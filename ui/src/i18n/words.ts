// Every word of the window. The core ships codes; the sentences for them live in `en/*.json`, flat files with one prefix
// each. This module refuses a key that does not exist at compile time, and a missing parameter while developing.
import access from './en/access.json';
import activity from './en/activity.json';
import advisor from './en/advisor.json';
import app from './en/app.json';
import apps from './en/apps.json';
import checking from './en/checking.json';
import endpoints from './en/endpoints.json';
import error from './en/error.json';
import exports from './en/export.json';
import grid from './en/grid.json';
import guards from './en/guards.json';
import handoff from './en/handoff.json';
import imports from './en/import.json';
import keys from './en/keys.json';
import ledger from './en/ledger.json';
import menu from './en/menu.json';
import palette from './en/palette.json';
import settings from './en/settings.json';
import studio from './en/studio.json';
import tokens from './en/tokens.json';
import trouble from './en/trouble.json';
import uses from './en/uses.json';
import vault from './en/vault.json';
import type { Platform } from '../backend/bindings.gen';
import { isolate } from './isolate';

const words = {
  ...access, ...activity, ...advisor, ...app, ...apps, ...checking, ...endpoints, ...error, ...exports, ...grid, ...guards, ...handoff, ...imports, ...keys, ...ledger, ...menu, ...palette, ...settings, ...studio, ...tokens, ...trouble, ...uses, ...vault,
};

type Entry = keyof typeof words;
type Plural = Entry extends infer E ? (E extends `${infer Stem}_other` ? Stem : never) : never;
type PerSystem = Entry extends infer E ? (E extends `${infer Stem}.linux` ? Stem : never) : never;

/** A key of the word files; for a plural the stem without `_one` / `_other`. */
export type Message = Entry | Plural;
/** Values for the `{placeholders}` of a message; `count` also picks the plural form. */
export type Params = Record<string, string | number>;

export const locale = 'en';
const plural = new Intl.PluralRules(locale);
const table: Readonly<Record<string, string>> = words;

function find(key: string, params: Params | undefined): string | undefined {
  if (typeof params?.count === 'number') {
    const form = table[`${key}_${plural.select(params.count)}`] ?? table[`${key}_other`];
    if (form !== undefined) return form;
  }
  return table[key];
}

function fill(message: string, params: Params | undefined): string {
  return message.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = params?.[name];
    if (value === undefined) {
      if (import.meta.env.DEV) throw new Error(`no value for ${hole} in "${message}"`);
      return hole;
    }
    return typeof value === 'number' ? number(value) : isolate(value);
  });
}

/** The words for a key. */
export function t(key: Message, params?: Params): string {
  const message = find(key, params);
  if (message === undefined) {
    if (import.meta.env.DEV) throw new Error(`no words for ${key}`);
    return key;
  }
  return fill(message, params);
}

/** The words for a code that came from the core, `<prefix>.<code>`; a code without words shows itself. */
export function tCode(prefix: string, code: string, params?: Params): string {
  const message = find(`${prefix}.${code}`, params);
  return message === undefined ? code : fill(message, params);
}

/** Whether a code has words of its own. */
export function hasWords(prefix: string, code: string): boolean {
  return find(`${prefix}.${code}`, undefined) !== undefined;
}

/** Words that name things of the operating system: `<key>.linux`, `<key>.macos`, `<key>.windows`. */
export function tOs(key: PerSystem, platform: Platform, params?: Params): string {
  return tCode(key, platform, params);
}

/** Day before month, the month in letters: nobody reads it as another day. */
export const dateLocale = 'en-GB';
const numbers = new Intl.NumberFormat(locale);
const all = new Intl.ListFormat(dateLocale, { type: 'conjunction' });
const anyOf = new Intl.ListFormat(dateLocale, { type: 'disjunction' });
const days = new Intl.DateTimeFormat(dateLocale, { day: 'numeric', month: 'short', year: 'numeric' });
const months = new Intl.DateTimeFormat(dateLocale, { month: 'short', year: 'numeric' });
const moments = new Intl.DateTimeFormat(dateLocale, { dateStyle: 'long', timeStyle: 'short' });

export function number(value: number): string {
  return numbers.format(value);
}

/** "one, two and three", or "one, two or three". */
export function listed(words: string[], how: 'and' | 'or' = 'and'): string {
  return (how === 'and' ? all : anyOf).format(words);
}

/** A day as people read it, from milliseconds since 1970 or an ISO date; `YYYY-MM` stays a month, no day is made up. */
export function day(when: number | string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(String(when));
  if (month) return months.format(new Date(Number(month[1]), Number(month[2]) - 1, 1));
  const date = typeof when === 'string' ? isoDay(when) : new Date(when);
  return Number.isNaN(date.getTime()) ? String(when) : days.format(date);
}

/** A day with its time of day. */
export function moment(when: number): string {
  return moments.format(new Date(when));
}

/** A bare ISO date is a calendar day, not midnight in London: read it in local time. */
function isoDay(text: string): Date {
  const bare = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return bare ? new Date(Number(bare[1]), Number(bare[2]) - 1, Number(bare[3])) : new Date(text);
}
