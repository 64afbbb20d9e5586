// One file on offer in the import sheet: what the core found in it, and what the user makes of it before anything is stored.
// The core's half is replaced whenever the import is read again; the user's half is never touched by that.
import type { Candidate, ConflictChoice, Found, ImportChoice, ImportRow, IpcError, KeyKind, Role, WorksAs } from '../../backend/bindings.gen';
import { t, visible } from '../../i18n';

export type ConflictAnswer = 'keep_existing' | ConflictChoice;
export type Place = 'team' | 'individual' | 'passphrase' | 'left_out';

/** Key IDs seen so far have 10 or 12 characters; shorter or longer ones are warned of, not refused. */
const KEY_ID = /^[A-Z0-9]{8,20}$/;

export class Offer {
  readonly importId: number;
  /** Unique among all imports the sheet shows. */
  readonly key: string;
  row: ImportRow = $state.raw() as ImportRow;

  /** Null until the user types a name; the suggestion follows kind and role. */
  typedName = $state<string | null>(null);
  chosenKind = $state<KeyKind | null>(null);
  role = $state<Role | ''>('');
  typedKeyId = $state<string | null>(null);
  /** The Key ID that Apple was asked with: an answer is about that one only. */
  askedKeyId = $state<string | null>(null);
  conflict = $state<ConflictAnswer>('keep_existing');
  /** Null as long as the user has not decided; look-alikes are then left out and everything else is not. */
  keep = $state<boolean | null>(null);
  /** Taken off the list by the user. */
  dismissed = $state(false);
  failure = $state.raw<IpcError | null>(null);

  constructor(importId: number, row: ImportRow) {
    this.importId = importId;
    this.key = `${importId}:${row.row}`;
    this.row = row;
  }

  get candidate(): Candidate | null {
    const { verdict } = this.row;
    return verdict.verdict === 'ready' || verdict.verdict === 'conflict' ? verdict.candidate : null;
  }

  get fileName(): string {
    return this.row.file_name === '' ? t('import.row.pasted') : this.row.file_name;
  }

  /** What asking Apple has found, unless the Key ID was changed since. */
  get found(): Found | null {
    return this.askedKeyId === null || this.askedKeyId === this.keyId ? (this.candidate?.found ?? null) : null;
  }

  /** The shape in which Apple accepts it, if Apple was asked and does. */
  get worksAs(): WorksAs | null {
    const found = this.found;
    return found?.state === 'as' ? found.works_as : null;
  }

  /** The Issuer ID that Apple accepts it with, or that its file names. */
  get statedIssuer(): string | null {
    return (this.worksAs ? this.worksAs.issuer_id : this.candidate?.issuer_id)?.toLowerCase() ?? null;
  }

  /** Whether the kind is a guess, which Apple could settle. Without a Key ID it can’t be asked yet. */
  get askable(): boolean {
    const basis = this.candidate?.kind_basis;
    return this.candidate !== null && this.keyIdProblem === undefined && (basis === 'default' || basis === 'length' || basis === 'prefix');
  }

  get kind(): KeyKind {
    return this.chosenKind ?? this.worksAs?.kind ?? this.candidate?.kind ?? 'team';
  }

  get keyId(): string {
    return this.typedKeyId ?? this.candidate?.key_id ?? '';
  }

  set keyId(text: string) {
    this.typedKeyId = text.replace(/\s/g, '').toUpperCase();
  }

  /** Whether the Key ID needs the user's eye: the file name had none, or one of unusual length. */
  get asksKeyId(): boolean {
    return this.candidate !== null && (this.candidate.key_id === null || this.candidate.key_id_unusual || this.typedKeyId !== null);
  }

  get name(): string {
    return this.typedName ?? this.suggestedName;
  }

  set name(text: string) {
    this.typedName = text;
  }

  get suggestedName(): string {
    // A file name that hides characters makes no good name.
    if (this.candidate?.name && visible(this.candidate.name) === this.candidate.name) return this.candidate.name;
    const what = this.role !== '' ? t(`access.role.${this.role}`) : t(`import.row.${this.kind}`);
    return this.keyId === '' ? t('import.row.suggested_plain', { what }) : t('import.row.suggested_name', { what, short: this.keyId.slice(-4) });
  }

  get kept(): boolean {
    return this.keep ?? this.candidate?.look_alike === null;
  }

  get place(): Place {
    if (this.row.verdict.verdict === 'needs_passphrase') return 'passphrase';
    return this.candidate !== null && this.kept ? this.kind : 'left_out';
  }

  /** Whether "Add" would store this key. */
  get adds(): boolean {
    if (this.candidate === null || !this.kept) return false;
    return this.row.verdict.verdict !== 'conflict' || this.conflict !== 'keep_existing';
  }

  get nameProblem(): string | undefined {
    return this.name.trim() === '' ? t('import.row.name_empty') : undefined;
  }

  get keyIdProblem(): string | undefined {
    if (this.keyId === '') return t('import.row.key_id_required');
    return KEY_ID.test(this.keyId) ? undefined : t('import.row.key_id_invalid');
  }

  choice(issuer: string | null): ImportChoice {
    return {
      row: this.row.row,
      name: this.name.trim(),
      key_id: this.keyId,
      kind: this.kind,
      issuer_id: this.kind === 'team' ? issuer : null,
      roles: this.role === '' ? [] : [this.role],
      conflict: this.conflict === 'keep_existing' ? null : this.conflict,
    };
  }
}
