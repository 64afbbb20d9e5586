// What an entry of the log says: what happened, and the gist of it. Every deed has words; one that a later version wrote says that
// this one has none for it. "Couldn't check" is never told as an answer of Apple's.
import type { ActivityEntry, Asking, Deed, KeyKind, Platform, RequestLine, Role, Trouble } from '../../backend/bindings.gen';
import { hasWords, kindAndRole, listed, number, t, tCode, tOs, troubleWords } from '../../i18n';

export type EntryWords = {
  /** "Verified with Apple". */
  what: string;
  /** "8 of 8 answers agree with the role"; empty when there is nothing to add. */
  gist: string;
};
type Checked = Extract<Deed, { what: 'checked' }>;
type Subject = { key: ActivityEntry['key']; platform: Platform };

const troubleTitle = (trouble: Trouble) => troubleWords(trouble).title;
const says = (what: string, gist = ''): EntryWords => ({ what, gist });
const rolesWords = (roles: Role[], how: 'and' | 'or' = 'and') => listed(roles.map((role) => tCode('access.role', role)), how);

function gistOfCheck({ standing, trouble, agree, of, requests }: Checked, roles: Role[]): string {
  if (standing === 'unchecked') return trouble ? troubleTitle(trouble) : t('activity.gist.checked.nothing');
  if (trouble) return t('activity.gist.checked.early', { trouble: troubleTitle(trouble) });
  if (standing === 'unrecognised') return t('activity.gist.checked.unrecognised', { count: requests.filter(({ status }) => status === 401).length });
  if (standing !== 'verified') return tCode('activity.gist.checked', standing);
  if (of === 0) return t('activity.gist.checked.alive');
  return t(roles.length > 0 ? 'activity.gist.checked.agree' : 'activity.gist.checked.agree_unset', { agree: number(agree), count: of });
}

function identityWords({ from_kind, to_kind, from_key_id, issuer_changed }: Extract<Deed, { what: 'identity_changed' }>): EntryWords {
  const kindChanged = from_kind !== to_kind;
  const parts = [kindChanged && t('activity.identity.kind'), from_key_id !== null && t('activity.identity.key_id'), issuer_changed && t('activity.identity.issuer')].filter((part) => part !== false);
  const kind = kindChanged ? tCode('activity.gist.identity_changed', from_kind) : '';
  const was = from_key_id !== null && kindChanged ? t('activity.gist.identity_changed.both', { kind, id: from_key_id }) : from_key_id !== null ? t('activity.gist.identity_changed.key_id', { id: from_key_id }) : kind;
  return says(t('activity.deed.identity_changed', { what: parts.length > 0 ? listed(parts) : t('activity.identity.any') }), was);
}

/** A tool by its name; tools come and go, and the log keeps their codes. */
const toolWords = (code: string) => (hasWords('handoff.tool', code) ? tCode('handoff.tool', code) : t('activity.deed.tool'));

function askingWords({ on_add, recheck }: Asking): string {
  if (recheck === 'off') return t(on_add ? 'activity.gist.asking_changed.added' : 'activity.gist.asking_changed.never');
  return tCode('activity.gist.asking_changed', on_add ? `${recheck}.too` : recheck);
}

/** Words and gist of an entry. */
export function wordsOf({ deed, key }: Pick<ActivityEntry, 'deed' | 'key'>, platform: Platform): EntryWords {
  return wordsFor(deed, { key, platform });
}

function wordsFor(deed: Deed, { key, platform }: Subject): EntryWords {
  switch (deed.what) {
    case 'key_added':
      return says(deed.file_name === null ? t('activity.deed.key_added') : t('activity.deed.key_added.from', { file: deed.file_name }), key ? kindAndRole(key) : '');
    case 'key_removed': return says(tOs('activity.deed.key_removed', platform), t('activity.gist.key_removed'));
    case 'key_restored': return says(t('activity.deed.key_restored'));
    case 'key_erased': return says(t('activity.deed.key_erased'), t('activity.gist.key_erased'));
    case 'key_archived': return says(t('activity.deed.key_archived'), t('activity.gist.key_archived'));
    case 'key_unarchived': return says(t('activity.deed.key_unarchived'));
    case 'key_renamed': return says(t('activity.deed.key_renamed', { from: deed.from }));
    case 'roles_changed': {
      const [from, to] = [rolesWords(deed.from), rolesWords(deed.to)];
      const what = deed.from.length === 0 ? t('activity.deed.roles_changed.set', { to }) : deed.to.length === 0 ? t('activity.deed.roles_changed.unset', { from }) : t('activity.deed.roles_changed', { from, to });
      return says(what, t('activity.gist.roles_changed'));
    }
    case 'identity_changed': return identityWords(deed);
    case 'details_changed': return says(t('activity.deed.details_changed'));
    case 'team_renamed':
      return says(deed.to === '' ? t('activity.deed.team_renamed.none') : t('activity.deed.team_renamed', { to: deed.to }), t('activity.gist.team_renamed', { id: deed.issuer_id }));
    case 'vendor_number_changed': return says(t('activity.deed.vendor_number_changed'), t('activity.gist.team_renamed', { id: deed.issuer_id }));
    case 'checked': return says(tCode('activity.deed.checked', deed.standing), gistOfCheck(deed, key?.roles ?? []));
    case 'run_over': {
      const counts = (['verified', 'rejected', 'unreached'] as const).filter((part) => deed[part] > 0);
      const gist = counts.map((part) => t(`activity.gist.run_over.${part}`, { count: deed[part] })).join(', ');
      return says(t(deed.scheduled ? 'activity.deed.run_over.scheduled' : 'activity.deed.run_over', { count: deed.verified + deed.rejected + deed.unreached }), gist);
    }
    case 'handed_off':
      return says(t(`activity.deed.handed_off.${deed.by}`, { tool: toolWords(deed.tool) }), t('activity.gist.handed_off', { destination: deed.destination }));
    case 'handoff_gone':
      return says(t(deed.gone ? 'activity.deed.handoff_gone' : 'activity.deed.handoff_gone.back', { tool: toolWords(deed.tool) }), deed.destination);
    case 'owner_looked_up':
      return says(t(deed.found ? 'activity.deed.owner_looked_up' : 'activity.deed.owner_looked_up.nobody'), t('activity.gist.owner_looked_up', { with: deed.with }));
    case 'asking_failed': return says(t('activity.deed.asking_failed'), troubleTitle(deed.trouble));
    case 'roles_kept': return says(t('activity.deed.roles_kept'), deed.instead_of.length === 0 ? '' : t('activity.gist.roles_kept', { roles: rolesWords(deed.instead_of, 'or') }));
    case 'vault_made': return says(t('activity.deed.vault_made'));
    case 'unlocked': return says(deed.by === 'os' ? tOs('activity.deed.unlocked.os', platform) : t('activity.deed.unlocked.passphrase'));
    case 'unlock_refused': return says(t('activity.deed.unlock_refused', { count: deed.times }), t('activity.gist.unlock_refused'));
    case 'locked': return says(t('activity.deed.locked'));
    case 'passphrase_added': return says(t('activity.deed.passphrase_added'), t('activity.gist.passphrase_added'));
    case 'snapshot_restored': return says(t('activity.deed.snapshot_restored'), t('activity.gist.snapshot_restored'));
    case 'asking_changed': return says(t('activity.deed.asking_changed'), askingWords(deed.asking));
    // A newer core may write more than this window knows.
    default: return says(t('activity.deed.other'), t('activity.gist.other'));
  }
}

/** The requests of a check; none for every other deed. */
export function requestsOf({ deed }: Pick<ActivityEntry, 'deed'>): RequestLine[] {
  return deed.what === 'checked' ? deed.requests : [];
}

/** `GET` and what was asked for. */
export function partsOf({ request }: RequestLine): { method: string; target: string } {
  const cut = request.indexOf(' ');
  return cut < 0 ? { method: '', target: request } : { method: request.slice(0, cut), target: request.slice(cut + 1) };
}

/** What an answer means. Without a reading it only asked whether a key is alive, or was asked again. */
export function meaningOf({ status, reading }: RequestLine, { deed }: Pick<ActivityEntry, 'deed'>): string {
  if (status === null) return t('activity.request.silent');
  if (reading !== null) return tCode('activity.reading', reading);
  const standing = deed.what === 'checked' ? deed.standing : 'unchecked';
  if (status >= 200 && status < 300) {
    // A page of somebody else's in between answers 200 too; and a key that Apple does not know is compared with another.
    if (standing === 'unchecked') return t('activity.reading.alive.other');
    return t(standing === 'unrecognised' ? 'activity.reading.alive.sibling' : 'activity.reading.alive.accepted');
  }
  const code = status >= 500 ? 'apple' : String(status);
  return hasWords('activity.reading.alive', code) ? tCode('activity.reading.alive', code) : t('activity.reading.alive.other');
}

/** Whether an answer says something about what the key may do. */
export function isObserved({ reading }: RequestLine): boolean {
  return reading !== null && reading !== 'mistaken' && reading !== 'unclear' && reading !== 'not_learned';
}

export function kindWords(kind: KeyKind): string {
  return tCode('keys.kind', kind);
}
