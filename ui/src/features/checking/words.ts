// What the answers about a key mean, in words: the summary of a run, the causes of a refusal, what was ruled out.
import type { AppleError, Cause, ExchangeView, FixedLink, KeyKind, Platform, RuledOut, RunView, UnrecognisedView } from '../../backend/bindings.gen';
import { moment, t, tCode, tOs, visible } from '../../i18n';

/** "6 verified, 1 rejected", in the order people ask for it; what is nought is left out. */
export function runCounts(run: RunView): string {
  const counts: [string, number][] = [['verified', run.verified], ['noted', run.noted], ['rejected', run.rejected], ['unreached', run.unreached], ['left', run.over ? run.left.length : 0]];
  return counts.filter(([, count]) => count > 0).map(([what, count]) => tCode('checking.run', what, { count })).join(', ');
}

/** The whole outcome in a sentence. */
export function runSummary(run: RunView): string {
  const done = run.verified + run.noted + run.rejected + run.unreached;
  const head = run.left.length > 0 && run.stopped ? t('checking.run.stopped', { done, total: run.total }) : t('checking.run.over', { count: done });
  return [head, runCounts(run)].filter((part) => part !== '').join(': ');
}

/** What can be done about a cause, right there. */
export type CauseAct = { do: 'link'; link: FixedLink; label: string } | { do: 'key_id' | 'issuer' | 'kind' | 'names'; label: string };
export type CauseWords = { id: string; title: string; body: string; act: CauseAct };

const link = (to: FixedLink, label: string): CauseAct => ({ do: 'link', link: to, label });

/** A cause in words, with the one thing to do about it; a revoked Individual key is two causes to look into. */
function causeWords(cause: Cause, kind: KeyKind): CauseWords[] {
  const words = (id: string, act: CauseAct): CauseWords => ({ id, title: tCode('checking.cause', `${id}.title`), body: tCode('checking.cause', `${id}.body`), act });
  switch (cause) {
    case 'apple_down': return [words(cause, link('apple_status', t('checking.act.status')))];
    case 'revoked':
      return kind === 'team'
        ? [words('revoked.team', link('asc_integrations', t('checking.act.connect')))]
        : [words('revoked.individual', link('asc_individual_keys', t('checking.act.connect'))), words('owner', link('asc_users', t('checking.act.people')))];
    case 'wrong_issuer': return [words(cause, { do: 'issuer', label: t('checking.act.issuer') })];
    case 'wrong_key_id': return [words(cause, { do: 'key_id', label: t('checking.act.key_id') })];
    case 'unknown_issuer': return [words(cause, { do: 'kind', label: t('checking.act.kind') })];
    case 'look_alike': return [words(cause, { do: 'names', label: t('checking.act.names') })];
  }
}

export function causesOf({ causes }: UnrecognisedView, kind: KeyKind): CauseWords[] {
  return causes.flatMap((cause) => causeWords(cause, kind));
}

/** Why the list is as it is. */
export function leadWords({ causes }: UnrecognisedView): string {
  if (causes[0] === 'apple_down') return t('checking.unrecognised.down');
  return t(causes.length === 1 ? 'checking.unrecognised.only' : 'checking.unrecognised.body');
}

function ruledWords(out: RuledOut, platform: Platform): string {
  switch (out.code) {
    case 'glitch': return t('checking.ruled.glitch', { tries: out.tries, seconds: out.seconds });
    case 'clock': return tOs('checking.ruled.clock', platform, { off: Math.abs(out.off) });
    case 'other_kind': return tCode('checking.ruled.other_kind', out.kind);
    case 'other_issuers': return t('checking.ruled.other_issuers', { count: out.tried });
  }
}

/** What it is not, each in a few words. */
export function ruledOut({ ruled_out, sibling }: UnrecognisedView, platform: Platform): string[] {
  return [...ruled_out.map((out) => ruledWords(out, platform)), ...(sibling === 'works' ? [t('checking.ruled.sibling')] : [])];
}

/** How often it was asked before the word "rejected". */
export function triesOf({ ruled_out }: UnrecognisedView): number | null {
  const glitch = ruled_out.find((out) => out.code === 'glitch');
  return glitch?.code === 'glitch' ? glitch.tries : null;
}

const apples = ({ title, detail }: AppleError) => [title, detail].filter((text) => text !== '').join(' ');

/** The exchange, line by line, for those who want to look it up or send it to somebody. */
export function exchangeLines({ status, apple, request, request_id, at }: ExchangeView): { term: string; text: string; code: boolean }[] {
  const code = [status === null ? t('checking.details.no_answer') : String(status), apple?.error ?? ''].filter((text) => text !== '').join(' ');
  return [
    { term: t('checking.details.status'), text: visible(code), code: true },
    { term: t('checking.details.request'), text: visible(request), code: true },
    ...(request_id ? [{ term: t('checking.details.request_id'), text: visible(request_id), code: true }] : []),
    ...(apple ? [{ term: t('checking.details.words'), text: visible(apples(apple)), code: false }] : []),
    { term: t('checking.details.when'), text: moment(at), code: false },
  ];
}

const time = (count: number, unit: 'second' | 'minute' | 'hour') => new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(count);

/** "7 minutes"; seconds of the clock. */
export function clockWords(off: number): string {
  const seconds = Math.abs(off);
  if (seconds < 120) return time(seconds, 'second');
  return seconds < 7200 ? time(Math.round(seconds / 60), 'minute') : time(Math.round(seconds / 3600), 'hour');
}
