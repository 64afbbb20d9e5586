// Which apps a key reaches, as far as Apple has said: how many of how many, and in words what is not known.
import type { AppReach, AppsSeen, AppView, KeyKind } from '../backend/bindings.gen';
import { t, tCode } from './words';

/** `total` is null while nobody has listed the team's apps; `apps` are the team's, or those that are known of it. */
export type AppsKnown = { apps: { app: AppView; visible: boolean }[]; visible: number; total: number | null; asked: boolean; reach: AppReach };

type Bearer = { kind: KeyKind; issuer_id: string | null; apps: AppsSeen };

/** The apps of the team a key belongs to. An Individual key names no team: its apps do, where they are all of one. */
function teamOf({ kind, issuer_id, apps: seen }: Bearer, apps: AppView[]): { apps: AppView[]; whole: boolean } {
  const listed = (issuer: string) => apps.filter((app) => app.issuer_id === issuer);
  if (kind === 'team') return { apps: issuer_id === null ? [] : listed(issuer_id), whole: true };
  const own = seen.seen === 'some' ? apps.filter(({ id }) => seen.ids.includes(id)) : apps;
  const [only, ...others] = new Set(own.map((app) => app.issuer_id));
  return only && others.length === 0 ? { apps: listed(only), whole: true } : { apps: own, whole: false };
}

/** What is known of the apps a key reaches. A key that reaches every app of its team does so without Apple having been asked. */
export function appsKnown(bearer: Bearer, reach: AppReach, apps: AppView[]): AppsKnown {
  const { apps: team, whole } = teamOf(bearer, apps);
  const seen = bearer.apps;
  const all = reach !== 'as_owner' || seen.seen === 'all';
  const asked = all || seen.seen === 'some';
  const shown = team.map((app) => ({ app, visible: all || (seen.seen === 'some' && seen.ids.includes(app.id)) }));
  const total = whole && team.length > 0 ? team.length : null;
  return { apps: shown, visible: seen.seen === 'some' && !all ? seen.ids.length : shown.length, total, asked, reach };
}

/** "All 5 apps", "2 of 5 apps", "3 apps", or what follows from the kind alone while Apple was not asked. */
export function appsWords({ visible, total, asked, reach }: AppsKnown): string {
  if (!asked || (total === null && visible === 0)) return tCode('access.apps', reach);
  if (total === null || visible > total) return t('apps.seen', { count: visible });
  return visible === total ? t('apps.all', { count: total }) : t('apps.some', { visible, count: total });
}

/** Why no number is given, where none is. */
export function appsUnknownWords({ total, asked, visible }: AppsKnown): string | null {
  if (!asked) return t('apps.not_asked');
  return total === null && visible === 0 ? t('apps.not_listed') : null;
}
