// Generated from the Rust types by `cargo xtask bindings`. Do not edit: a test fails when this file is stale.

/** A stored key's identity inside this vault (UUID), never Apple's Key ID. */
export type KeyRef = string;

export type KeyKind = "team" | "individual";
export type Role = "ACCOUNT_HOLDER" | "ADMIN" | "APP_MANAGER" | "DEVELOPER" | "FINANCE" | "MARKETING" | "SALES" | "CUSTOMER_SUPPORT";
export type LookAlike = "in_app_purchase";

// ---------------------------------------------------------------- status
export type Platform = "linux" | "macos" | "windows";
export type Profile = "normal" | "demo";
export type SlotKind = "os" | "passphrase";
export type KeyringTrouble = "no_service" | "no_collection" | "locked" | "prompt_dismissed" | "interrupted" | "not_responding" | "entry_missing" | "entry_wrong" | "refused";
export type LockReason = "start" | "user" | "keyring";
export type VaultStatus =
  /** The keyring is being asked; it may be showing its own prompt. */
  | { state: "opening" }
  | { state: "needs_setup"; trouble: KeyringTrouble }
  | { state: "locked"; slots: SlotKind[]; reason: LockReason; trouble: KeyringTrouble | null }
  | { state: "open"; slots: SlotKind[] }
  | { state: "damaged"; snapshots: SnapshotView[] }
  | { state: "too_new"; found: number; known: number }
  /** The data folder cannot be read or written. */
  | { state: "unreachable" };
export type SnapshotView = { name: string; taken_at: number; keys: number };
export type Appearance = "system" | "light" | "dark";
export type AppStatus = { platform: Platform; version: string; profile: Profile; vault: VaultStatus; appearance: Appearance };

// ---------------------------------------------------------------- keys
export type KeyView = {
  id: KeyRef;
  /** Row version: send it back with an update; a stale one is refused with `changed_elsewhere`. */
  version: number;
  name: string;
  key_id: string;
  kind: KeyKind;
  /** Empty means "not sure". A Team key has at most one; an Individual key has its owner's. */
  roles: Role[];
  issuer_id: string | null;
  /** SHA-256 of the public key (SPKI DER), 64 hex digits. */
  fingerprint: string;
  notes: string;
  tags: string[];
  /** Milliseconds since 1970. */
  added_at: number;
  archived_at: number | null;
  /** The file name it came from, as shown to people (never a path). */
  source_name: string | null;
  look_alike: LookAlike | null;
  /** Another stored key claims the same Key ID. */
  conflicts_with: KeyRef[];
  /** One tick per area, in ledger order. */
  reach: Level[];
};
export type KeyList = { keys: KeyView[]; issuers: IssuerView[] };
export type IssuerView = { issuer_id: string; name: string | null; keys: number };
/** Absent fields stay as they are. */
export type KeyPatch = {
  name?: string; kind?: KeyKind; roles?: Role[]; key_id?: string; issuer_id?: string | null; notes?: string; tags?: string[]; archived?: boolean;
};
export type KeyUpdate = { id: KeyRef; version: number; patch: KeyPatch };
/** What removing would lose. `copies`: files seen before that still hold this very key, shortened for display. */
export type RemovalCheck = { only_known_copy: boolean; copies: string[] };
export type KeyRemoval = { id: KeyRef; accept_loss: boolean };

// ---------------------------------------------------------------- import
export type ImportOrigin = "picker" | "drop" | "paste" | "discovery" | "arguments";
export type ImportState = "reading" | "ready" | "stopped";
export type ImportView = {
  id: number; origin: ImportOrigin; state: ImportState; done: number; total: number; rows: ImportRow[]; issuers: IssuerView[];
};
export type ImportRow = { row: number; file_name: string; folder: string | null; verdict: RowVerdict };
export type Repair = "byte_order_mark" | "utf16" | "line_endings" | "indentation" | "missing_final_newline" | "one_line" | "escaped_newlines" | "base64_of_pem" | "bare_base64" | "raw_der" | "quotes" | "sec1_converted" | "from_json" | "decrypted";
export type KindBasis = "prefix_and_length" | "prefix" | "length" | "issuer_in_file" | "default";
export type Candidate = {
  /** Suggested name; empty when the file name says no more than the Key ID (the window then suggests one). */
  name: string;
  key_id: string | null;
  /** The Key ID has an unusual length (neither 10 nor 12). */
  key_id_unusual: boolean;
  kind: KeyKind; kind_basis: KindBasis; issuer_id: string | null; fingerprint: string; repairs: Repair[]; look_alike: LookAlike | null;
};
export type KeySummary = { id: KeyRef; name: string; key_id: string; kind: KeyKind; archived: boolean };
export type RowVerdict =
  | { verdict: "ready"; candidate: Candidate }
  | { verdict: "conflict"; candidate: Candidate; existing: KeySummary }
  | { verdict: "needs_passphrase"; wrong: boolean }
  | { verdict: "already_have"; existing: KeySummary }
  | { verdict: "same_as_row"; row: number }
  | { verdict: "refused"; code: RefusalCode };
export type RefusalCode =
  | "empty" | "too_large" | "not_regular_file" | "not_found" | "unreadable" | "cloud_placeholder"
  | "certificate" | "certificate_request" | "public_key" | "rsa_key" | "ed25519_key" | "other_algorithm"
  | "p384_key" | "p521_key" | "secp256k1_key" | "other_curve" | "explicit_parameters"
  | "zero_scalar" | "scalar_out_of_range" | "public_key_mismatch" | "two_keys" | "trailing_data" | "smart_dashes"
  | "truncated" | "corrupted" | "pkcs12" | "html_page" | "ssh_key" | "encrypted_unsupported" | "json_without_key" | "not_a_key"
  | "empty_folder";
export type ConflictChoice = "keep_both" | "replace";
export type ImportChoice = {
  row: number; name: string; key_id: string; kind: KeyKind; issuer_id: string | null; roles: Role[]; conflict: ConflictChoice | null;
};
export type ImportCommit = { id: number; choices: ImportChoice[] };
export type ImportOutcome = { added: KeyView[]; failed: { row: number; error: IpcError }[] };
/** What a drop holds, by file name alone, before anything is read. */
export type DropPreview = { keys: number; others: number; folders: number; look_alikes: string[] };

// ---------------------------------------------------------------- permissions
export type Zone = "either" | "team_only";
export type Area =
  | "apps" | "builds" | "xcode_cloud" | "pricing" | "reviews" | "analytics" | "users"
  | "provisioning" | "sales" | "finance" | "notary";
export type Level = "manage" | "limited" | "view" | "none" | "never" | "unclear" | "disputed";
/** One half of a level glyph. */
export type Half = "yes" | "part" | "no" | "never" | "unknown" | "disputed";
export type Basis = "documented" | "quoted" | "reported" | "derived" | "unknown" | "disputed" | "spec";
/** `kind`: closed by the key's kind, whatever the role. */
export type Reason = "kind" | "role" | "role_unknown" | "no_source" | "sources_disagree";
export type SourceView = { url: string; title: string; basis: Basis; date: string };
export type PartView = {
  /** Capability code; its words are in i18n under `access.capability.<code>`. */
  capability: string;
  value: Half; basis: Basis;
  /** Note code; words under `access.note.<code>`. */
  note: string | null;
  sources: SourceView[];
};
export type CellView = {
  level: Level; read: Half; write: Half;
  /** Words under `access.label.<code>`, when the level alone says too little ("Upload, view"). */
  label: string | null;
  basis: Basis;
  /** Why the value is what it is. */
  reason: Reason;
  parts: PartView[];
};
export type ColumnRef = { type: "key"; id: KeyRef } | { type: "hypothetical"; kind: KeyKind; roles: Role[] };
export type AppReach = "all_always" | "as_owner";
export type LedgerColumn = { key: KeySummary | null; kind: KeyKind; roles: Role[]; apps: AppReach };
export type Difference = "none" | "reason" | "effect" | "unsettled";
export type LedgerRow = { area: Area; zone: Zone; cells: CellView[]; difference: Difference };
/**
 * For two columns: areas where the first reaches further, the second does, same in effect, not settled.
 * An area where each can do something the other cannot counts for both.
 */
export type LedgerSummary = { first_further: number; second_further: number; same: number; unsettled: number };
export type LedgerView = {
  catalogue_version: string; catalogue_date: string; columns: LedgerColumn[]; rows: LedgerRow[]; summary: LedgerSummary | null;
};

// ---------------------------------------------------------------- errors and events
export type TextField = "name" | "notes" | "tags" | "team_name";
export type IpcError =
  | { code: "vault_locked" } | { code: "vault_not_set_up" } | { code: "vault_exists" }
  | { code: "passphrase_wrong" } | { code: "passphrase_too_short"; minimum: number }
  | { code: "keyring"; trouble: KeyringTrouble }
  | { code: "key_not_found" } | { code: "changed_elsewhere" }
  | { code: "only_known_copy" }
  | { code: "already_have"; existing: KeySummary }
  | { code: "key_id_invalid" } | { code: "issuer_id_invalid" } | { code: "name_empty" } | { code: "text_too_long"; field: TextField; maximum: number } | { code: "too_many_roles" } | { code: "key_id_twice" }
  | { code: "key_id_taken"; existing: KeySummary }
  | { code: "import_gone" } | { code: "clipboard_empty" } | { code: "clipboard_unavailable" }
  | { code: "nothing_found" }
  | { code: "disk_full" } | { code: "disk_read_only" } | { code: "disk_failed" }
  | { code: "vault_damaged" } | { code: "link_failed" }
  | { code: "internal" };
export type AppEvent =
  | { event: "status_changed" }
  | { event: "keys_changed" }
  | { event: "drop_hover"; preview: DropPreview }
  | { event: "drop_left" }
  /** An import exists or moved on; fetch it with import_view. */
  | { event: "import_changed"; id: number; state: ImportState; done: number; total: number };
export type FixedLink = "asc_integrations" | "asc_individual_keys" | "asc_users";
