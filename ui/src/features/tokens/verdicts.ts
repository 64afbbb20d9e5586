// What the inspector says: the verdict on a token, and for every rule how it is kept or what is wrong by it.
import type { Finding, InspectionView, RulingView } from '../../backend/bindings.gen';
import { ago, listed, type Params, shortMoment, span, t, tCode, visible } from '../../i18n';

/** How a rule fares: kept, or the weight of what was found. */
export type Fare = 'kept' | 'refused' | 'unusual' | 'unchecked';

/** What fastlane puts between `iat` and now. */
const AHEAD = 30;

export const fareOf = ({ weight }: RulingView): Fare => weight ?? 'kept';

const withFare = ({ rulings }: InspectionView, fare: Fare) => rulings.filter((ruling) => fareOf(ruling) === fare);

/** The verdict on the whole: its gravity, and two lines. */
export function verdict(view: InspectionView): { fare: Fare; title: string; body: string } {
  const fare = (['refused', 'unusual', 'unchecked'] as const).find((one) => withFare(view, one).length > 0) ?? 'kept';
  const title = t(`tokens.verdict.${fare}.title`);
  const fine = view.signed_by === null ? [] : [t(view.signed_by.archived ? 'tokens.verdict.key_archived' : 'tokens.verdict.key_fine')];
  if (fare === 'kept') {
    const name = visible(view.signed_by?.name ?? view.claims.kid ?? '');
    return { fare, title, body: [t('tokens.verdict.kept', { name }), ...(view.signed_by?.archived ? fine : [])].join(' ') };
  }
  if (fare === 'unchecked') return { fare, title, body: t('tokens.verdict.unchecked') };
  const wrong = withFare(view, fare);
  const what = listed(wrong.map(({ finding }) => tCode('tokens.short', finding ?? '', { span: span(view.lifetime ?? 0) })));
  return { fare, title, body: [t(`tokens.verdict.${fare}`, { count: wrong.length, what }), ...fine].join(' ') };
}

/** "8 pass, 1 fails, 1 is unusual". */
export function tally(view: InspectionView): string {
  const count = (fare: Fare, words: 'kept' | 'fail' | 'unusual' | 'unchecked') => {
    const found = withFare(view, fare).length;
    return found === 0 ? [] : [t(`tokens.rules.${words}`, { count: found })];
  };
  return [...count('kept', 'kept'), ...count('refused', 'fail'), ...count('unusual', 'unusual'), ...count('unchecked', 'unchecked')].join(', ');
}

/** A text from a token, without what would end a piece of code in a sentence. */
const quoted = (text: string | null) => visible(text ?? '').replaceAll('`', '´').slice(0, 120);

/** What is so, where a rule is kept. `now` in milliseconds. */
function kept({ rule }: RulingView, view: InspectionView, now: number): string {
  const { claims, named, signed_by: signer } = view;
  switch (rule) {
    case 'key_id': return named ? t('tokens.kept.key_id.saved', { kid: quoted(claims.kid), name: visible(named.name) }) : t('tokens.kept.key_id', { kid: quoted(claims.kid) });
    case 'holder': return view.shape ? t(`tokens.kept.holder.${view.shape}`) : t('tokens.kept.holder');
    case 'issued_at': return t('tokens.kept.issued_at', { time: shortMoment((claims.iat ?? 0) * 1000) });
    case 'expiry': return t('tokens.kept.expiry', { span: span(coarse((claims.exp ?? 0) - now / 1000)) });
    case 'lifetime': return view.lifetime === null ? t('tokens.kept.lifetime.open') : t('tokens.kept.lifetime', { span: span(view.lifetime), most: span(view.most) });
    case 'scope': return claims.scope.length === 0 ? t('tokens.kept.scope.none') : t('tokens.kept.scope', { count: claims.scope.length });
    case 'signature':
      if (!signer) return t('tokens.kept.signature.unnamed');
      return named && named.id !== signer.id ? t('tokens.kept.signature.other', { name: visible(signer.name), named: visible(named.name) }) : t('tokens.kept.signature', { name: visible(signer.name) });
    default: return t(`tokens.kept.${rule}`);
  }
}

/** Whole minutes while there are some: a text that is looked at twice a minute does not count seconds. */
function coarse(seconds: number): number {
  return seconds >= 120 ? Math.floor(seconds / 60) * 60 : seconds;
}

function wrong(finding: Finding, view: InspectionView, now: number): string {
  const { claims, lifetime } = view;
  const params: Params = {
    alg: quoted(claims.alg), kid: quoted(claims.kid), most: span(view.most), span: span(lifetime ?? 0), back: (lifetime ?? 0) - view.most, count: view.tried,
    name: visible(view.signed_by?.name ?? ''), named: visible(view.named?.name ?? ''),
  };
  switch (finding) {
    case 'too_long': return tCode('tokens.finding', view.set_duration !== null ? 'too_long.dated' : lifetime === null ? 'too_long.open' : 'too_long', params);
    case 'expired': return t('tokens.finding.expired', { span: span(coarse(now / 1000 - (claims.exp ?? 0))), time: shortMoment((claims.exp ?? 0) * 1000) });
    case 'issued_later': return t('tokens.finding.issued_later', { span: span(coarse((claims.iat ?? 0) - now / 1000)) });
    case 'signature_mismatch': return tCode('tokens.finding', view.signed_by && view.named ? 'signature_mismatch.signed' : view.named ? 'signature_mismatch.named' : 'signature_mismatch', params);
    case 'signature_unchecked': return view.tried > 0 ? t('tokens.finding.signature_unchecked.tried', params) : t('tokens.finding.signature_unchecked');
    default: return tCode('tokens.finding', finding, params);
  }
}

/** A rule in words; code stands between backticks. */
export function rulingWords(ruling: RulingView, view: InspectionView, now: number): string {
  return ruling.finding === null ? kept(ruling, view, now) : wrong(ruling.finding, view, now);
}

/** How this computer's clock compares with Apple's, and whether that matters. */
export function clockWords({ clock }: InspectionView, now: number): { off: boolean; words: string } {
  if (!clock) return { off: false, words: t('tokens.clock.none') };
  const apart = Math.abs(clock.ahead);
  const seen = ago(clock.at, now);
  if (apart <= AHEAD) return { off: false, words: t('tokens.clock.near', { count: Math.max(1, apart), ago: seen }) };
  return { off: true, words: t(clock.ahead > 0 ? 'tokens.clock.ahead' : 'tokens.clock.behind', { span: span(apart), ago: seen }) };
}
