// Generated from the Rust types by `cargo xtask bindings`. Do not edit: a test fails when this file is stale.

export type KeyRef = string;

export type KeyKind = "team" | "individual";

export type KindBasis = "prefix_and_length" | "prefix" | "length" | "issuer_in_file" | "asked" | "default";

export type LookAlike = "in_app_purchase";

export type Repair = "byte_order_mark" | "utf16" | "line_endings" | "indentation" | "missing_final_newline" | "one_line" | "escaped_newlines" | "base64_of_pem" | "bare_base64" | "raw_der" | "quotes" | "sec1_converted" | "from_json" | "decrypted";

export type RefusalCode = "empty" | "too_large" | "not_regular_file" | "not_found" | "unreadable" | "cloud_placeholder" | "certificate" | "certificate_request" | "public_key" | "rsa_key" | "ed25519_key" | "other_algorithm" | "p384_key" | "p521_key" | "secp256k1_key" | "other_curve" | "explicit_parameters" | "zero_scalar" | "scalar_out_of_range" | "public_key_mismatch" | "two_keys" | "trailing_data" | "smart_dashes" | "truncated" | "corrupted" | "pkcs12" | "html_page" | "ssh_key" | "encrypted_unsupported" | "json_without_key" | "not_a_key" | "empty_folder";

export type Role = "ACCOUNT_HOLDER" | "ADMIN" | "APP_MANAGER" | "DEVELOPER" | "FINANCE" | "MARKETING" | "SALES" | "CUSTOMER_SUPPORT";

export type Zone = "either" | "team_only";

export type Area = "apps" | "builds" | "xcode_cloud" | "pricing" | "reviews" | "analytics" | "users" | "provisioning" | "sales" | "finance" | "notary";

export type Level = "manage" | "limited" | "view" | "none" | "never" | "unclear" | "disputed";

export type Half = "yes" | "part" | "no" | "never" | "unknown" | "disputed";

export type Basis = "observed" | "documented" | "spec" | "quoted" | "derived" | "reported" | "disputed" | "unknown";

export type Reason = "kind" | "role" | "role_unknown" | "no_source" | "not_asked" | "sources_disagree" | "answered" | "nothing_to_write" | "apps_unknown" | "app_not_visible";

export type Difference = "none" | "reason" | "effect" | "unsettled";

export type AppReach = "all_always" | "all_by_role" | "as_owner";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

export type Outcome = "allowed" | "refused";

export type TaskGroup = "builds" | "store" | "reports" | "team" | "people";

export type Task = "upload_builds" | "testflight_notes" | "testflight_internal" | "testflight_external" | "xcode_cloud" | "notarize" | "performance" | "sandbox_testers" | "edit_metadata" | "prices" | "in_app_purchases" | "submit_review" | "read_reviews" | "answer_reviews" | "featuring" | "game_center" | "webhooks" | "sales_reports" | "finance_reports" | "read_analytics" | "request_analytics" | "certificates" | "cloud_signing" | "register_devices" | "manage_users" | "aso_contractor" | "analytics_service" | "review_desk" | "ci_machine";

export type AskedHalf = "any" | "read" | "write";

export type Phase = "connecting" | "answering";

export type TlsTrouble = "untrusted_issuer" | "wrong_name" | "expired" | "not_yet_valid" | "revoked" | "outdated" | "not_tls" | "other";

export type Trouble = { "code": "offline" } | { "code": "dns" } | { "code": "refused" } | { "code": "cut" } | { "code": "timeout", 
/**
 * What took too long.
 */
phase: Phase, } | { "code": "tls", 
/**
 * Why not.
 */
why: TlsTrouble, } | { "code": "proxy_auth" } | { "code": "proxy" } | { "code": "portal" } | { "code": "too_large" } | { "code": "garbled" } | { "code": "server", 
/**
 * The HTTP status.
 */
status: number, } | { "code": "rate_limited", 
/**
 * When to ask again, in milliseconds since 1970.
 */
until: number, } | { "code": "unsigned" };

export type AppleError = { 
/**
 * Dotted, from general to specific, for example `FORBIDDEN_ERROR`.
 */
error: string, 
/**
 * A sentence; not for decisions.
 */
title: string, 
/**
 * More sentences; not for decisions.
 */
detail: string, 
/**
 * Apple's name for this failure.
 */
id: string | null, };

export type Cause = "apple_down" | "revoked" | "wrong_issuer" | "wrong_key_id" | "unknown_issuer" | "look_alike";

export type Sibling = "works" | "refused" | "no_answer" | "none";

export type RuledOut = { "code": "glitch", 
/**
 * Requests with the recorded shape.
 */
tries: number, 
/**
 * Seconds from the first to the last.
 */
seconds: number, } | { "code": "clock", 
/**
 * Seconds between the clocks, without a sign.
 */
off: number, } | { "code": "other_kind", 
/**
 * As which.
 */
kind: KeyKind, } | { "code": "other_issuers", 
/**
 * How many.
 */
tried: number, };

export type Depth = "normal" | "thorough";

export type Reading = "can_read" | "nothing_there" | "role_refuses" | "closed_to_kind" | "mistaken" | "unclear" | "not_learned";

export type WhyNotLonger = "no_scope" | "entry_writes" | "other_resource";

export type InvalidScope = "scope_shape" | "scope_method" | "scope_address" | "scope_path" | "scope_query" | "scope_character" | "scope_too_long";

export type NotAToken = "token_empty" | "token_too_large" | "token_is_a_key" | "token_parts" | "token_encoding" | "token_json";

export type Rule = "algorithm" | "key_id" | "type" | "audience" | "holder" | "issued_at" | "expiry" | "lifetime" | "scope" | "signature";

export type Weight = "refused" | "unusual" | "unchecked";

export type Finding = "no_algorithm" | "other_algorithm" | "no_key_id" | "odd_key_id" | "other_type" | "no_audience" | "enterprise_audience" | "other_audience" | "no_holder" | "mixed_holder" | "odd_issuer" | "other_subject" | "no_issued_at" | "issued_later" | "no_expiry" | "expired" | "not_a_time" | "too_long" | "ends_first" | "scope_not_a_list" | "scope_grammar" | "scope_writes" | "scope_too_long" | "signature_encoding" | "no_signature" | "signature_is_der" | "signature_length" | "signature_mismatch" | "signature_unchecked";

export type Tool = "notarytool" | "altool" | "xcodebuild" | "transporter" | "github_actions" | "xcode_cloud" | "codemagic" | "bitrise" | "circleci" | "fastlane" | "eas" | "tauri" | "electron" | "rcodesign" | "asc_cli" | "aso_dev" | "revenuecat" | "env_file" | "container" | "key_file";

export type ToolGroup = "apple" | "build_services" | "build_tools" | "services" | "anything";

export type Encoding = "pem" | "pem_escaped" | "base64_pem" | "base64_der";

export type Keep = "variable" | "secret";

export type Language = "shell" | "ruby" | "json" | "yaml" | "workflow" | "compose" | "javascript";

export type Place = "terminal" | "build_script" | "build_environment" | "private_keys_folder" | "private_folder" | "fastfile" | "repository_secrets" | "workflow_file" | "codemagic_group" | "bitrise_files" | "step_inputs" | "circleci_context" | "circleci_config" | "codemagic_yaml" | "eas_json" | "xcode_cloud_environment" | "packaging_script" | "dashboard" | "compose_file" | "env_file";

export type Trap = "api_key_means_id" | "api_key_means_path" | "file_name_matters" | "absolute_path" | "apple_id_wins" | "home_folder_only" | "whole_file_in_base64" | "binary_in_base64" | "line_breaks_get_lost" | "escapes_must_be_expanded" | "duration_at_most_1140" | "provisioning_needs_team" | "signing_needs_admin" | "older_versions_refuse_individual" | "individual_disputed" | "agreement_is_no_key_fault" | "enterprise_must_be_told" | "two_kinds_of_key" | "file_id_names_variable" | "file_stays_on_runner" | "commit_path_not_file" | "stays_in_image" | "quotes_are_literal" | "no_key_needed" | "service_holds_key" | "token_is_safer";

export type Limit = "needs_issuer" | "closed_by_apple" | "recent_versions_only" | "stand_in_issuer" | "sources_disagree" | "not_tried";

export type Cloud = "icloud" | "dropbox" | "onedrive" | "google_drive" | "box" | "nextcloud" | "proton_drive" | "pcloud" | "mega" | "syncthing" | "other";

export type SlotKind = "os" | "passphrase";

export type KeyringTrouble = "no_service" | "no_collection" | "locked" | "prompt_dismissed" | "interrupted" | "not_responding" | "entry_missing" | "entry_wrong" | "refused";

export type StandingCode = "unchecked" | "verified" | "otherwise" | "agreement_missing" | "unrecognised" | "refused_everywhere";

export type Unreached = { 
/**
 * What stood in the way.
 */
trouble: Trouble, 
/**
 * Milliseconds since 1970.
 */
at: number, };

export type Standing = { 
/**
 * Apple's last answer in one word.
 */
code: StandingCode, 
/**
 * When it was given, in milliseconds since 1970.
 */
at: number | null, 
/**
 * It was given more than 30 days ago.
 */
stale: boolean, 
/**
 * The last attempt, if it came after that answer and taught nothing.
 */
unreached: Unreached | null, };

export type AppsSeen = { "seen": "unknown" } | { "seen": "all" } | { "seen": "some", 
/**
 * Apple's app IDs.
 */
ids: Array<string>, };

export type AppView = { 
/**
 * Apple's ID, a number as text.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its bundle ID.
 */
bundle_id: string, 
/**
 * The team it belongs to, if a Team key listed it.
 */
issuer_id: string | null, };

export type RoleFit = { 
/**
 * The role that fits best, or the few that fit equally well, likely first.
 */
roles: Array<Role>, 
/**
 * Answers it agrees with.
 */
agrees: number, 
/**
 * Answers the recorded roles agree with.
 */
recorded_agrees: number, 
/**
 * Answers that tell roles apart at all.
 */
of: number, };

export type ExchangeView = { 
/**
 * `GET` and the target, readable: `GET /v1/apps?limit=1&fields[apps]=bundleId`.
 */
request: string, 
/**
 * The HTTP status; none if nothing answered.
 */
status: number | null, 
/**
 * Apple's first error, if it named one.
 */
apple: AppleError | null, 
/**
 * Apple's name for the request.
 */
request_id: string | null, 
/**
 * Milliseconds since 1970.
 */
at: number, };

export type AnswerView = { 
/**
 * Code of the capability; words under `access.capability.<code>`.
 */
capability: string, 
/**
 * The area it belongs to.
 */
area: Area, 
/**
 * What the answer means.
 */
reading: Reading, 
/**
 * The exchange.
 */
exchange: ExchangeView, 
/**
 * It was given more than 30 days ago.
 */
stale: boolean, };

export type UnrecognisedView = { 
/**
 * Likely to unlikely.
 */
causes: Array<Cause>, 
/**
 * What another key got at the same moment.
 */
sibling: Sibling, 
/**
 * What it is not.
 */
ruled_out: Array<RuledOut>, };

export type RateView = { 
/**
 * Requests per rolling hour.
 */
limit: number, 
/**
 * What is left.
 */
remaining: number, 
/**
 * Milliseconds since 1970.
 */
at: number, };

export type OwnerView = { 
/**
 * Roles the catalogue knows.
 */
roles: Array<Role>, 
/**
 * Roles and extra permissions it does not know, in Apple's spelling.
 */
others: Array<string>, 
/**
 * Which apps the owner sees.
 */
apps: AppsSeen, 
/**
 * May use certificates, identifiers and profiles (not through an Individual key).
 */
provisioning: boolean, 
/**
 * Milliseconds since 1970.
 */
at: number, 
/**
 * The Team key that asked, if it is still here.
 */
asked_with: KeySummary | null, };

export type WorksAs = { 
/**
 * Team or Individual.
 */
kind: KeyKind, 
/**
 * With this Issuer ID.
 */
issuer_id: string | null, };

export type CheckView = { 
/**
 * Which key.
 */
key: string, 
/**
 * How it stands.
 */
standing: Standing, 
/**
 * The kind it works as, where that is not the recorded one or its Issuer ID is another.
 */
works_as: WorksAs | null, 
/**
 * Why it may not be recognised, where it is not.
 */
unrecognised: UnrecognisedView | null, 
/**
 * The exchange the standing rests on.
 */
exchange: ExchangeView | null, 
/**
 * Requests the last check took.
 */
requests: number, 
/**
 * Seconds this computer's clock was behind Apple's (negative: ahead), if it was off.
 */
clock_off: number | null, 
/**
 * Why the questions of the last check ended early, if they did.
 */
interrupted: Trouble | null, 
/**
 * The newest answer about each capability, in catalogue order.
 */
answers: Array<AnswerView>, 
/**
 * Answers that fit other roles better, unless the user said to keep the recorded ones.
 */
fit: RoleFit | null, 
/**
 * What is left of the allowance.
 */
rate: RateView | null, 
/**
 * What the owner of an Individual key may do, if it was looked up.
 */
owner: OwnerView | null, 
/**
 * Team keys that can look it up, the smallest first. Empty for a Team key.
 */
could_look_up: Array<KeySummary>, };

export type VerifyRequest = { 
/**
 * Which; `null` means every key in use. Keys already being checked are not asked twice.
 */
keys: Array<string> | null, 
/**
 * How much to ask.
 */
depth: Depth, };

export type LaneView = { 
/**
 * Which key.
 */
key: string, 
/**
 * Questions answered.
 */
done: number, 
/**
 * Questions there are, as far as is known.
 */
of: number, };

export type RunView = { 
/**
 * Every key has ended or been left out.
 */
over: boolean, 
/**
 * It was stopped by the user (or by locking).
 */
stopped: boolean, 
/**
 * Started by the schedule, not by a person.
 */
scheduled: boolean, 
/**
 * Keys in it.
 */
total: number, 
/**
 * Keys Apple accepts.
 */
verified: number, 
/**
 * Keys Apple accepts, but not as recorded, or with an agreement missing.
 */
noted: number, 
/**
 * Keys Apple does not recognise or refuses everything.
 */
rejected: number, 
/**
 * Keys about which nothing was learned.
 */
unreached: number, 
/**
 * Keys not asked, because the run was stopped or something was in the way.
 */
left: Array<string>, 
/**
 * Keys about which nothing was learned, to try again.
 */
again: Array<string>, 
/**
 * What was in the way of all.
 */
trouble: Trouble | null, 
/**
 * Being asked now, at most four.
 */
lanes: Array<LaneView>, 
/**
 * Not asked yet, in order.
 */
waiting: Array<string>, };

export type Recheck = "off" | "weekly" | "monthly";

export type Asking = { 
/**
 * Keys are checked right after they were added.
 */
on_add: boolean, 
/**
 * Keys are checked again by themselves.
 */
recheck: Recheck, };

export type AppleLine = { 
/**
 * The one address keys are used with, for example `https://api.appstoreconnect.apple.com`.
 */
origin: string, 
/**
 * The system's proxy, if requests go through one: host and port.
 */
proxy: string | null, 
/**
 * The proxy gets a name and a password from the system's settings.
 */
proxy_signs_in: boolean, 
/**
 * Seconds this computer's clock was found to be behind Apple's (negative: ahead), if it is off.
 */
clock_off: number | null, };

export type OwnerRequest = { 
/**
 * The Individual key.
 */
key: string, 
/**
 * The Team key to ask with.
 */
with: string, 
/**
 * The owner's address at Apple. Asked for, not kept.
 */
email: string, };

export type OfferQuestion = { 
/**
 * The import.
 */
id: number, 
/**
 * The row.
 */
row: number, 
/**
 * The Key ID as the user corrected it; without it, the one its file gives.
 */
key_id: string | null, 
/**
 * An Issuer ID the user typed: one more team to ask for.
 */
issuer_id: string | null, };

export type Found = { "state": "asking" } | { "state": "as", 
/**
 * The shape.
 */
works_as: WorksAs, } | { "state": "nobody", 
/**
 * How many.
 */
tried: number, } | { "state": "unreached", 
/**
 * Why.
 */
trouble: Trouble, };

export type ActivityGroup = "verification" | "keys" | "changes" | "handoffs" | "vault" | "failures";

export type RequestLine = { 
/**
 * `GET` and the target, readable.
 */
request: string, 
/**
 * The HTTP status; none if nothing answered.
 */
status: number | null, 
/**
 * What the answer means; none for the first question, which only asks whether the key is alive.
 */
reading: Reading | null, };

export type Deed = { "what": "key_added", 
/**
 * The name of the file it came from.
 */
file_name: string | null, } | { "what": "key_removed" } | { "what": "key_restored" } | { "what": "key_erased" } | { "what": "key_archived" } | { "what": "key_unarchived" } | { "what": "key_renamed", 
/**
 * Before.
 */
from: string, } | { "what": "roles_changed", 
/**
 * Before.
 */
from: Array<Role>, 
/**
 * After.
 */
to: Array<Role>, } | { "what": "identity_changed", 
/**
 * Kind before.
 */
from_kind: KeyKind, 
/**
 * Kind after.
 */
to_kind: KeyKind, 
/**
 * Key ID before, if it changed.
 */
from_key_id: string | null, 
/**
 * The Issuer ID changed.
 */
issuer_changed: boolean, } | { "what": "details_changed" } | { "what": "team_renamed", 
/**
 * Which.
 */
issuer_id: string, 
/**
 * After.
 */
to: string, } | { "what": "vendor_number_changed", 
/**
 * Which team's.
 */
issuer_id: string, } | { "what": "checked", 
/**
 * How it stands.
 */
standing: StandingCode, 
/**
 * What stood in the way, if nothing was learned or the questions ended early.
 */
trouble: Trouble | null, 
/**
 * Answers that say what the catalogue says.
 */
agree: number, 
/**
 * Answers that say anything.
 */
of: number, 
/**
 * Every request, in order.
 */
requests: Array<RequestLine>, } | { "what": "run_over", 
/**
 * Accepted, noted ones included.
 */
verified: number, 
/**
 * Not recognised, or refused everything.
 */
rejected: number, 
/**
 * Nothing learned, or not asked.
 */
unreached: number, 
/**
 * By the schedule.
 */
scheduled: boolean, } | { "what": "owner_looked_up", 
/**
 * The name of the Team key that asked.
 */
with: string, 
/**
 * Whether a person was found.
 */
found: boolean, } | { "what": "asking_failed", 
/**
 * Why.
 */
trouble: Trouble, } | { "what": "roles_kept", 
/**
 * What would have fitted.
 */
instead_of: Array<Role>, } | { "what": "handed_off", 
/**
 * To which; its code, because tools come and go.
 */
tool: string, 
/**
 * Where, in the user's words.
 */
destination: string, 
/**
 * How.
 */
by: HandoffBy, } | { "what": "handoff_gone", 
/**
 * Which tool.
 */
tool: string, 
/**
 * Where.
 */
destination: string, 
/**
 * No longer.
 */
gone: boolean, } | { "what": "vault_made" } | { "what": "unlocked", 
/**
 * How.
 */
by: SlotKind, } | { "what": "unlock_refused", 
/**
 * How often.
 */
times: number, } | { "what": "locked" } | { "what": "passphrase_added" } | { "what": "snapshot_restored" } | { "what": "asking_changed", 
/**
 * After.
 */
asking: Asking, } | { "what": "other" };

export type ActivityKey = { 
/**
 * Identity in this vault.
 */
id: string, 
/**
 * Its name then.
 */
name: string, 
/**
 * Its kind then.
 */
kind: KeyKind, 
/**
 * Its roles then.
 */
roles: Array<Role>, };

export type ActivityEntry = { 
/**
 * Counts up.
 */
id: number, 
/**
 * Milliseconds since 1970.
 */
at: number, 
/**
 * What happened.
 */
deed: Deed, 
/**
 * Its group.
 */
group: ActivityGroup, 
/**
 * It did not work, or found something wrong.
 */
failure: boolean, 
/**
 * The key it was about.
 */
key: ActivityKey | null, };

export type ActivityQuery = { 
/**
 * Of this group; `failures` cuts across the others.
 */
group: ActivityGroup | null, 
/**
 * About this key.
 */
key: string | null, 
/**
 * Not before this moment, in milliseconds since 1970.
 */
since: number | null, 
/**
 * With this text in the key's name or the entry's details, whatever its case and accents.
 */
text: string | null, 
/**
 * Older than this entry.
 */
before: number | null, 
/**
 * At most so many; 200 is the most, and what 0 means.
 */
limit: number, };

export type ActivityPage = { 
/**
 * The entries.
 */
entries: Array<ActivityEntry>, 
/**
 * There are older ones.
 */
more: boolean, 
/**
 * Keys that any entry is about, by their newest names, for the filter; the one last heard of first.
 */
keys: Array<ActivityKey>, };

export type Platform = "linux" | "macos" | "windows";

export type Profile = "normal" | "demo";

export type Appearance = "system" | "light" | "dark";

export type Hint = "reach_strip";

export type LockReason = "start" | "user" | "keyring";

export type SnapshotView = { 
/**
 * File name inside the snapshots folder.
 */
name: string, 
/**
 * Milliseconds since 1970.
 */
taken_at: number, 
/**
 * Number of keys in it.
 */
keys: number, };

export type VaultStatus = { "state": "opening" } | { "state": "needs_setup", 
/**
 * What is wrong with the keyring.
 */
trouble: KeyringTrouble, } | { "state": "locked", 
/**
 * What can open it.
 */
slots: Array<SlotKind>, 
/**
 * Why it is locked.
 */
reason: LockReason, 
/**
 * What is wrong with the keyring, when that is the reason.
 */
trouble: KeyringTrouble | null, } | { "state": "open", 
/**
 * What can open it next time.
 */
slots: Array<SlotKind>, } | { "state": "damaged", 
/**
 * Older copies that can be put in its place, newest first.
 */
snapshots: Array<SnapshotView>, } | { "state": "too_new", 
/**
 * The vault's format.
 */
found: number, 
/**
 * The newest format this program knows.
 */
known: number, } | { "state": "unreachable" };

export type AppStatus = { 
/**
 * The operating system.
 */
platform: Platform, 
/**
 * This program's version, `major.minor.patch`.
 */
version: string, 
/**
 * Whose data is on screen.
 */
profile: Profile, 
/**
 * The state of the vault.
 */
vault: VaultStatus, 
/**
 * How the window is drawn.
 */
appearance: Appearance, 
/**
 * First-run hints the user has dismissed.
 */
hints_seen: Array<Hint>, 
/**
 * Seconds a secret stays on the clipboard.
 */
clipboard_seconds: number, 
/**
 * When Apple is asked.
 */
asking: Asking, };

export type GuardLimit = "reach" | "write";

export type GuardState = "holds" | "broken" | "open";

export type Guard = { 
/**
 * Which area.
 */
area: Area, 
/**
 * What of it.
 */
limit: GuardLimit, };

export type GuardView = { 
/**
 * Which area.
 */
area: Area, 
/**
 * What of it.
 */
limit: GuardLimit, 
/**
 * Whether what is known about the key keeps to it.
 */
state: GuardState, };

export type Attention = { "why": "unrecognised" } | { "why": "refused_everywhere" } | { "why": "works_otherwise" } | { "why": "roles_differ" } | { "why": "guard_broken", 
/**
 * The guard's area.
 */
area: Area, 
/**
 * The guard's limit.
 */
limit: GuardLimit, } | { "why": "key_id_twice" } | { "why": "look_alike" };

export type KeyView = { 
/**
 * Identity in this vault.
 */
id: string, 
/**
 * Row version: send it back with an update; a stale one is refused with `changed_elsewhere`.
 */
version: number, 
/**
 * The user's name for it.
 */
name: string, 
/**
 * Apple's Key ID.
 */
key_id: string, 
/**
 * Team or Individual, as declared by the user.
 */
kind: KeyKind, 
/**
 * Empty means "not sure". A Team key has at most one; an Individual key has its owner's.
 */
roles: Array<Role>, 
/**
 * The team's Issuer ID.
 */
issuer_id: string | null, 
/**
 * SHA-256 of the public key (SPKI DER), 64 hex digits.
 */
fingerprint: string, 
/**
 * Free text.
 */
notes: string, 
/**
 * Free words.
 */
tags: Array<string>, 
/**
 * Milliseconds since 1970.
 */
added_at: number, 
/**
 * Milliseconds since 1970, when archived.
 */
archived_at: number | null, 
/**
 * The file name it came from, as shown to people (never a path).
 */
source_name: string | null, 
/**
 * The file name says it belongs to another Apple service.
 */
look_alike: LookAlike | null, 
/**
 * Other keys in use that claim the same Key ID.
 */
conflicts_with: Array<string>, 
/**
 * One level per area, in ledger order, Apple's answers laid over what is documented.
 */
reach: Array<Level>, 
/**
 * Any of `reach` rests on an answer of Apple's to this key.
 */
observed: boolean, 
/**
 * How it stands with Apple.
 */
standing: Standing, 
/**
 * Which apps it reaches, as far as Apple has said.
 */
apps: AppsSeen, 
/**
 * Places it was handed to and still is in, as far as the ledger knows.
 */
handoffs: number, 
/**
 * What this key must not reach, as pinned by the user.
 */
guards: Array<GuardView>, 
/**
 * Why it wants to be looked at; empty when nothing does.
 */
attention: Array<Attention>, };

export type KeySummary = { 
/**
 * Identity in this vault.
 */
id: string, 
/**
 * The user's name for it.
 */
name: string, 
/**
 * Apple's Key ID.
 */
key_id: string, 
/**
 * Team or Individual.
 */
kind: KeyKind, 
/**
 * On the archived shelf.
 */
archived: boolean, };

export type IssuerView = { 
/**
 * UUID, lower case.
 */
issuer_id: string, 
/**
 * The user's name for the team.
 */
name: string | null, 
/**
 * Number of stored keys that carry it.
 */
keys: number, 
/**
 * Without it, no sales or financial report can be asked for.
 */
vendor_number: string | null, 
/**
 * When Apple last said that an agreement of the team is missing, unless it has answered otherwise since;
 * milliseconds since 1970.
 */
agreement_missing: number | null, };

export type KeyList = { 
/**
 * Every key that is not removed, archived ones included.
 */
keys: Array<KeyView>, 
/**
 * The teams these keys name.
 */
issuers: Array<IssuerView>, 
/**
 * Every app Apple has named, by name.
 */
apps: Array<AppView>, };

export type KeyPatch = { 
/**
 * New name.
 */
name?: string, 
/**
 * New kind.
 */
kind?: KeyKind, 
/**
 * New roles.
 */
roles?: Array<Role>, 
/**
 * New Key ID.
 */
key_id?: string, 
/**
 * New Issuer ID; `null` clears it.
 */
issuer_id?: string | null, 
/**
 * New notes.
 */
notes?: string, 
/**
 * New tags.
 */
tags?: Array<string>, 
/**
 * Put on or take from the archived shelf.
 */
archived?: boolean, 
/**
 * What it must not reach, all of it.
 */
guards?: Array<Guard>, };

export type KeyUpdate = { 
/**
 * Which key.
 */
id: string, 
/**
 * The version the change was made on.
 */
version: number, 
/**
 * What changes.
 */
patch: KeyPatch, };

export type RemovalCheck = { 
/**
 * No file seen before still holds this key.
 */
only_known_copy: boolean, 
/**
 * Files that still hold it, shortened for display.
 */
copies: Array<string>, };

export type KeyRemoval = { 
/**
 * Which key.
 */
id: string, 
/**
 * The user accepted that no other copy is known.
 */
accept_loss: boolean, };

export type CopyField = "key_id" | "issuer_id" | "fingerprint";

export type ImportOrigin = "picker" | "drop" | "paste" | "discovery" | "arguments";

export type ImportState = "reading" | "ready" | "stopped";

export type Candidate = { 
/**
 * Suggested name; empty when the file name says no more than the Key ID.
 */
name: string, 
/**
 * From the file name or the file.
 */
key_id: string | null, 
/**
 * The Key ID has neither 10 nor 12 characters.
 */
key_id_unusual: boolean, 
/**
 * Suggested kind.
 */
kind: KeyKind, 
/**
 * What the suggestion rests on.
 */
kind_basis: KindBasis, 
/**
 * From the file.
 */
issuer_id: string | null, 
/**
 * SHA-256 of the public key (SPKI DER), 64 hex digits.
 */
fingerprint: string, 
/**
 * What had to be mended to read it.
 */
repairs: Array<Repair>, 
/**
 * The file name says it belongs to another Apple service.
 */
look_alike: LookAlike | null, 
/**
 * What asking Apple has found, if it was asked.
 */
found: Found | null, };

export type RowVerdict = { "verdict": "ready", 
/**
 * The key.
 */
candidate: Candidate, } | { "verdict": "conflict", 
/**
 * The key on offer.
 */
candidate: Candidate, 
/**
 * The stored one.
 */
existing: KeySummary, } | { "verdict": "needs_passphrase", 
/**
 * The passphrase tried last did not open it.
 */
wrong: boolean, } | { "verdict": "already_have", 
/**
 * Where.
 */
existing: KeySummary, } | { "verdict": "same_as_row", 
/**
 * That row.
 */
row: number, } | { "verdict": "refused", 
/**
 * Why.
 */
code: RefusalCode, };

export type ImportRow = { 
/**
 * Number of the row in this import.
 */
row: number, 
/**
 * The file's name; empty for pasted text.
 */
file_name: string, 
/**
 * The folder it is in, shortened for display.
 */
folder: string | null, 
/**
 * What it is.
 */
verdict: RowVerdict, };

export type ImportView = { 
/**
 * Number of this import.
 */
id: number, 
/**
 * How the files came.
 */
origin: ImportOrigin, 
/**
 * How far reading has come.
 */
state: ImportState, 
/**
 * Files read.
 */
done: number, 
/**
 * Files to read.
 */
total: number, 
/**
 * One row per file read.
 */
rows: Array<ImportRow>, 
/**
 * The teams already known.
 */
issuers: Array<IssuerView>, };

export type ConflictChoice = "keep_both" | "replace";

export type ImportChoice = { 
/**
 * The row.
 */
row: number, 
/**
 * The key's name.
 */
name: string, 
/**
 * Apple's Key ID.
 */
key_id: string, 
/**
 * Team or Individual.
 */
kind: KeyKind, 
/**
 * The team's Issuer ID; may be added later.
 */
issuer_id: string | null, 
/**
 * Empty means "not sure".
 */
roles: Array<Role>, 
/**
 * Needed when the Key ID is taken.
 */
conflict: ConflictChoice | null, };

export type ImportCommit = { 
/**
 * The import.
 */
id: number, 
/**
 * The rows to add.
 */
choices: Array<ImportChoice>, };

export type FailedRow = { 
/**
 * The row.
 */
row: number, 
/**
 * Why.
 */
error: IpcError, };

export type ImportOutcome = { 
/**
 * Stored and on disk.
 */
added: Array<KeyView>, 
/**
 * Not stored; they stay on offer.
 */
failed: Array<FailedRow>, };

export type DropPreview = { 
/**
 * Files named like keys.
 */
keys: number, 
/**
 * Other files.
 */
others: number, 
/**
 * Folders.
 */
folders: number, 
/**
 * Names of files that look like another service's keys.
 */
look_alikes: Array<string>, };

export type SourceView = { 
/**
 * Address, `https` only.
 */
url: string, 
/**
 * What it is, in our words.
 */
title: string, 
/**
 * What kind of evidence it is: `documented`, `quoted`, `spec` or `reported`.
 */
basis: Basis, 
/**
 * `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: when it was said, or else last read.
 */
date: string, };

export type Observed = { 
/**
 * What Apple made of it.
 */
outcome: Outcome, 
/**
 * Milliseconds since 1970.
 */
at: number, };

export type PartView = { 
/**
 * Capability code; its words are in i18n under `access.capability.<code>`.
 */
capability: string, 
/**
 * Whether the key has it, everything known taken together.
 */
value: Half, 
/**
 * What the value rests on.
 */
basis: Basis, 
/**
 * Note code; words under `access.note.<code>`.
 */
note: string | null, 
/**
 * Where it is written. Empty only when no source says.
 */
sources: Array<SourceView>, 
/**
 * What the catalogue alone says.
 */
documented: Half, 
/**
 * Apple's answer, when there is one.
 */
observed: Observed | null, };

export type Access = { 
/**
 * What is allowed.
 */
value: Half, 
/**
 * The weakest of what decided it.
 */
basis: Basis, 
/**
 * Why it is so.
 */
reason: Reason, };

export type CellView = { 
/**
 * The cell in one word.
 */
level: Level, 
/**
 * Words under `access.label.<code>`, when the level alone says too little ("Upload, view").
 */
label: string | null, 
/**
 * The weakest of what its deciding parts rest on.
 */
basis: Basis, 
/**
 * Left half: reading.
 */
read: Access, 
/**
 * Right half: writing.
 */
write: Access, 
/**
 * An answer of Apple and the catalogue say different things.
 */
contradicted: boolean, 
/**
 * Every capability of the area, in catalogue order.
 */
parts: Array<PartView>, };

export type LedgerRow = { 
/**
 * Which area.
 */
area: Area, 
/**
 * Which block of the ledger.
 */
zone: Zone, 
/**
 * One cell per column, in column order.
 */
cells: Array<CellView>, 
/**
 * How the cells differ.
 */
difference: Difference, };

export type LedgerSummary = { 
/**
 * Per column: areas in which it can do something no other column can.
 */
alone: Array<number>, 
/**
 * Areas with the same effect, whatever the reason.
 */
same: number, 
/**
 * Areas that differ without one column standing alone.
 */
differ: number, 
/**
 * Areas where missing or contradicting sources leave it open.
 */
unsettled: number, };

export type ColumnRef = { "type": "key", 
/**
 * Which.
 */
id: string, } | { "type": "hypothetical", 
/**
 * Team or Individual.
 */
kind: KeyKind, 
/**
 * Its role, or its owner's roles.
 */
roles: Array<Role>, };

export type Layer = "combined" | "observed" | "documented";

export type LedgerColumn = { 
/**
 * The stored key, if it is one.
 */
key: KeySummary | null, 
/**
 * Team or Individual.
 */
kind: KeyKind, 
/**
 * Its role, or its owner's roles.
 */
roles: Array<Role>, 
/**
 * Which apps it reaches.
 */
apps: AppReach, };

export type LedgerView = { 
/**
 * Version of the catalogue.
 */
catalogue_version: string, 
/**
 * Date of the catalogue, `YYYY-MM-DD` or `YYYY-MM`.
 */
catalogue_date: string, 
/**
 * Heads, left to right.
 */
columns: Array<LedgerColumn>, 
/**
 * One row per area, in ledger order.
 */
rows: Array<LedgerRow>, 
/**
 * For two columns or more.
 */
summary: LedgerSummary | null, 
/**
 * Answers of Apple's given before this moment are more than 30 days old; milliseconds since 1970.
 */
stale_before: number, };

export type GridCell = { 
/**
 * The cell in one word.
 */
level: Level, 
/**
 * Words under `access.label.<code>`, when the level alone says too little.
 */
label: string | null, 
/**
 * The weakest of what its deciding parts rest on.
 */
basis: Basis, 
/**
 * Left half.
 */
read: Access, 
/**
 * Right half.
 */
write: Access, 
/**
 * An answer of Apple and the table say different things.
 */
contradicted: boolean, 
/**
 * An answer of Apple's in it was given more than 30 days ago.
 */
stale: boolean, };

export type GridAnswer = { 
/**
 * Which apps they reach.
 */
apps: AppReach, 
/**
 * How far they reach over all areas; for sorting, never shown.
 */
size: number, 
/**
 * One per area, in ledger order.
 */
cells: Array<GridCell>, };

export type GridRow = { 
/**
 * Which.
 */
key: string, 
/**
 * Index into `answers`.
 */
answer: number, };

export type GridView = { 
/**
 * Version of the catalogue.
 */
catalogue_version: string, 
/**
 * Date of the catalogue, `YYYY-MM-DD` or `YYYY-MM`.
 */
catalogue_date: string, 
/**
 * Every key that is not archived.
 */
rows: Array<GridRow>, 
/**
 * What keys may do, each answer once: keys that cannot be told apart share one.
 */
answers: Array<GridAnswer>, };

export type Question = { "about": "area", 
/**
 * Which.
 */
area: Area, 
/**
 * Which half.
 */
half: AskedHalf, } | { "about": "capability", 
/**
 * Its code.
 */
capability: string, } | { "about": "operation", 
/**
 * How it is called.
 */
method: Method, 
/**
 * Path, or path template.
 */
path: string, };

export type AppScope = "any" | "every" | { "one": string };

export type WhoCanRequest = { 
/**
 * What.
 */
question: Question, 
/**
 * For which apps.
 */
scope: AppScope, };

export type KeyAnswer = { 
/**
 * Which.
 */
key: string, 
/**
 * Whether it can.
 */
value: Half, 
/**
 * The weakest of what decided it.
 */
basis: Basis, 
/**
 * Why.
 */
reason: Reason, 
/**
 * The capabilities that decided.
 */
parts: Array<PartView>, 
/**
 * How far the key reaches over all areas; for sorting, never shown.
 */
size: number, };

export type Bearer = { 
/**
 * Team or Individual.
 */
kind: KeyKind, 
/**
 * Its role, or its owner's.
 */
role: Role, };

export type WhoCanView = { 
/**
 * Every key that is not archived: those that can first, the smallest first among them.
 */
answers: Array<KeyAnswer>, 
/**
 * The key to create for it, when the sources know one.
 */
create: PlanView | null, 
/**
 * Roles of which the sources say that they can: of a Team key first, then of an Individual key's owner.
 */
bearers: Array<Bearer>, };

export type TaskView = { 
/**
 * The job; words under `access.task.<code>`.
 */
task: Task, 
/**
 * Where it stands.
 */
group: TaskGroup, };

export type ProofView = { 
/**
 * The task.
 */
task: Task, 
/**
 * The weakest of what that rests on.
 */
basis: Basis, };

export type FitView = { 
/**
 * Which.
 */
key: string, 
/**
 * Which apps it reaches.
 */
apps: AppReach, 
/**
 * How far it reaches over all areas; for sorting, never shown.
 */
size: number, 
/**
 * Per task, what it rests on.
 */
proofs: Array<ProofView>, 
/**
 * Areas it reaches beyond the tasks.
 */
beyond: Array<Area>, };

export type MissingView = { 
/**
 * The task that needs it.
 */
task: Task, 
/**
 * Words under `access.capability.<code>`.
 */
capability: string, 
/**
 * What is known instead of "yes".
 */
value: Half, 
/**
 * What that rests on.
 */
basis: Basis, 
/**
 * Note code; words under `access.note.<code>`.
 */
note: string | null, };

export type NearView = { 
/**
 * Which.
 */
key: string, 
/**
 * Which apps it reaches.
 */
apps: AppReach, 
/**
 * What stands in the way.
 */
missing: Array<MissingView>, 
/**
 * Areas it reaches beyond the tasks.
 */
beyond: Array<Area>, };

export type PlanView = { 
/**
 * Team or Individual.
 */
kind: KeyKind, 
/**
 * Its role, or a role of its owner.
 */
role: Role, 
/**
 * What it is for; after a question, jobs that come down to it (perhaps none).
 */
tasks: Array<Task>, 
/**
 * The weakest of what it rests on.
 */
basis: Basis, 
/**
 * Areas it reaches beyond the tasks.
 */
beyond: Array<Area>, 
/**
 * Who can make it; empty for an Individual key, which its owner makes.
 */
created_by: Array<Role>, 
/**
 * What the other kind of key with the same role would get of the same tasks.
 */
other_kind: Half, 
/**
 * A smaller role that would do, if App Store Connect offers it for keys.
 */
smaller_if_offered: Role | null, 
/**
 * Where it is written, each source once.
 */
sources: Array<SourceView>, };

export type ClosedView = { 
/**
 * The task.
 */
task: Task, 
/**
 * `never` or `disputed`.
 */
value: Half, };

export type AdviseRequest = { 
/**
 * The jobs; none asks for the menu alone.
 */
tasks: Array<Task>, 
/**
 * For which apps.
 */
scope: AppScope, };

export type AdviceView = { 
/**
 * Date of the catalogue, `YYYY-MM-DD` or `YYYY-MM`.
 */
catalogue_date: string, 
/**
 * Every task there is, in the order people see them.
 */
menu: Array<TaskView>, 
/**
 * Keys that can do all of it, smallest first.
 */
fits: Array<FitView>, 
/**
 * Keys that can do some of it, or for which it is open.
 */
nearly: Array<NearView>, 
/**
 * The key to create for all of it.
 */
create: PlanView | null, 
/**
 * Smaller keys that do it together, when one for all reaches much further.
 */
split: Array<PlanView>, 
/**
 * What Apple's guide closes to Individual keys.
 */
closed: Array<ClosedView>, 
/**
 * Tasks no role is documented to do.
 */
open: Array<Task>, };

export type OperationView = { 
/**
 * How it is called.
 */
method: Method, 
/**
 * Path template, such as `/v1/apps/{id}`.
 */
path: string, 
/**
 * The row of the ledger it belongs to.
 */
area: Area, 
/**
 * No source ties this resource to the roles of that area.
 */
guessed: boolean, 
/**
 * Apple marks it as deprecated.
 */
deprecated: boolean, 
/**
 * It reads or changes the links between records, not the records.
 */
relationship: boolean, 
/**
 * Index into `classes`: operations that are decided alike.
 */
class: number, };

export type OperationClass = { 
/**
 * Keys that can, for every record or for some.
 */
can: number, 
/**
 * Keys for which it is open.
 */
maybe: number, };

export type OperationsView = { 
/**
 * Version of Apple's API description.
 */
version: string, 
/**
 * In the order of Apple's description.
 */
operations: Array<OperationView>, 
/**
 * What `class` points to.
 */
classes: Array<OperationClass>, };

export type TokenWish = { 
/**
 * Which key signs it.
 */
key: string, 
/**
 * Seconds from now until it ends.
 */
seconds: number, 
/**
 * Entries of the scope, such as `GET /v1/apps`; none leaves it to the role of the key.
 */
scope: Array<string>, };

export type TokenPlan = { 
/**
 * Header and claims as they would be, as if it were made now.
 */
claims: TokenClaimsView, 
/**
 * Least seconds from now that make sense.
 */
least: number, 
/**
 * Most seconds from now that this scope allows.
 */
most: number, 
/**
 * What keeps it from living for months.
 */
why_not_longer: WhyNotLonger | null, 
/**
 * Entries of the scope that are none: their index and why.
 */
scope_trouble: Array<ScopeTrouble>, 
/**
 * How to send it, with a placeholder where the token belongs. They call the first entry
 * of the scope that reads.
 */
snippets: Array<TokenSnippet>, };

export type ScopeTrouble = { 
/**
 * Which, from 0.
 */
index: number, 
/**
 * Why.
 */
why: InvalidScope, };

export type TokenClaimsView = { 
/**
 * `alg`.
 */
alg: string | null, 
/**
 * `kid`.
 */
kid: string | null, 
/**
 * `typ`.
 */
typ: string | null, 
/**
 * `iss`.
 */
iss: string | null, 
/**
 * `sub`.
 */
sub: string | null, 
/**
 * `aud`.
 */
aud: string | null, 
/**
 * `iat`, in seconds since 1970.
 */
iat: number | null, 
/**
 * `exp`, in seconds since 1970.
 */
exp: number | null, 
/**
 * `scope`.
 */
scope: Array<string>, 
/**
 * The names of all other claims.
 */
others: Array<string>, };

export type TokenForm = "token" | "header" | "curl" | "httpie" | "http" | "javascript" | "python" | "swift";

export type TokenSnippet = { 
/**
 * What it is.
 */
form: TokenForm, 
/**
 * The text, with a placeholder for the token.
 */
text: string, };

export type TokenView = { 
/**
 * Its number; a newer token has another one.
 */
id: number, 
/**
 * Which key signed it.
 */
key: string, 
/**
 * What it says.
 */
claims: TokenClaimsView, 
/**
 * Its header and claims as they travel, in base64url: public, and no token without the signature.
 */
parts: [string, string], 
/**
 * Characters of the signature, which is not shown.
 */
signature_characters: number, 
/**
 * Seconds by which Apple's clock was seen ahead (or, negative, behind), as far as the token allowed for it.
 */
clock_corrected: number, };

export type TokenCopy = { 
/**
 * Which token.
 */
id: number, 
/**
 * In which form.
 */
form: TokenForm, };

export type Inspected = { "is": "token", 
/**
 * How it fares.
 */
inspection: InspectionView, } | { "is": "private_key", 
/**
 * The import it is on offer in.
 */
import: number, } | { "is": "nothing", 
/**
 * Why.
 */
why: NotAToken, };

export type InspectionView = { 
/**
 * Header and claims as they travel, in base64url.
 */
parts: [string, string], 
/**
 * Characters of the signature, which is not shown.
 */
signature_characters: number, 
/**
 * What it says.
 */
claims: TokenClaimsView, 
/**
 * Every rule, in the order they are read.
 */
rulings: Array<RulingView>, 
/**
 * A rule is broken that Apple refuses a token for.
 */
refused: boolean, 
/**
 * Which kind of key its claims are shaped for; none when they are mixed or missing.
 */
shape: KeyKind | null, 
/**
 * Seconds from `iat` to `exp`.
 */
lifetime: number | null, 
/**
 * Most seconds its scope allows.
 */
most: number, 
/**
 * It lives too long only because it was dated back by this many seconds, as fastlane does; the duration to set
 * there instead.
 */
set_duration: number | null, 
/**
 * The stored key with this Key ID, if there is one.
 */
named: KeySummary | null, 
/**
 * The stored key that made the signature.
 */
signed_by: KeySummary | null, 
/**
 * Stored keys the signature was tried with.
 */
tried: number, 
/**
 * When it was judged, in milliseconds since 1970.
 */
at: number, 
/**
 * Seconds by which Apple's clock was last seen ahead (or, negative, behind) of this computer's, and when that
 * was.
 */
clock: ClockSeen | null, };

export type ClockSeen = { 
/**
 * Seconds Apple's is ahead.
 */
ahead: number, 
/**
 * Milliseconds since 1970.
 */
at: number, };

export type RulingView = { 
/**
 * Which.
 */
rule: Rule, 
/**
 * What is wrong by it; none when it is kept.
 */
finding: Finding | null, 
/**
 * How much that matters.
 */
weight: Weight | null, };

export type Clip = { 
/**
 * What it is.
 */
what: ClipWhat, 
/**
 * When it is taken away; milliseconds since 1970.
 */
clears_at: number, 
/**
 * Seconds from the copy until then.
 */
seconds: number, };

export type ClipWhat = "token" | "key";

export type HandoffIndividual = { 
/**
 * `yes`, `part` (with care), `no`, `disputed` or `unknown`.
 */
value: Half, 
/**
 * What that rests on.
 */
basis: Basis, 
/**
 * Why it is not simply "yes".
 */
limit: Limit | null, 
/**
 * What to do instead, the best first; empty where it works.
 */
instead: Array<HandoffInstead>, };

export type HandoffInstead = { "way": "kind", 
/**
 * Which.
 */
kind: KeyKind, } | { "way": "form", 
/**
 * Its tool.
 */
tool: Tool, 
/**
 * Its form.
 */
form: string, };

export type HandoffSheet = { 
/**
 * The form's code.
 */
form: string, 
/**
 * Files to write.
 */
files: Array<HandoffFile>, 
/**
 * Variables and secrets to set, in order.
 */
settings: Array<HandoffSetting>, 
/**
 * Where the settings go, if there are any.
 */
settings_place: Place | null, 
/**
 * Whether the settings can also be written as one file of variables.
 */
env_file: boolean, 
/**
 * Lines to paste.
 */
snippets: Array<HandoffSnippet>, 
/**
 * What to know before.
 */
traps: Array<Trap>, 
/**
 * What becomes of an Individual key, if this is one.
 */
individual: HandoffIndividual | null, };

export type HandoffFile = { 
/**
 * Its suggested name.
 */
name: string, 
/**
 * How the key is written in it.
 */
encoding: Encoding, 
/**
 * Its rights.
 */
mode: number, 
/**
 * What kind of place it belongs in.
 */
place: Place, 
/**
 * A folder the tool looks into by itself, with `~` for the home folder.
 */
folder: string | null, };

export type HandoffSetting = { 
/**
 * Its name.
 */
name: string, 
/**
 * Who may see its value.
 */
keep: Keep, 
/**
 * Its value.
 */
value: HandoffValue, };

export type HandoffValue = { "is": "plain", 
/**
 * The value.
 */
text: string, } | { "is": "path_open" } | { "is": "hidden", 
/**
 * How it is written.
 */
encoding: Encoding, 
/**
 * How long that is, in characters.
 */
characters: number, };

export type HandoffSnippet = { 
/**
 * What they are written in.
 */
language: Language, 
/**
 * Where they go.
 */
place: Place, 
/**
 * The lines.
 */
text: string, };

export type HandoffPlaceWarning = { "code": "git_work_tree", 
/**
 * The top of the work tree.
 */
root: string, 
/**
 * Its `.gitignore` names the file already.
 */
listed: boolean, } | { "code": "cloud_folder", 
/**
 * Which.
 */
service: Cloud, } | { "code": "everybody_writes" } | { "code": "anothers_folder" } | { "code": "temporary" } | { "code": "outside_home" };

export type RecipeView = { 
/**
 * The tool; words under `handoff.tool.<code>`.
 */
tool: Tool, 
/**
 * Where it stands.
 */
group: ToolGroup, 
/**
 * What it is used for, the usual job first; none if that depends on who reads the file.
 */
jobs: Array<Task>, 
/**
 * The ways it takes a key, the best first.
 */
forms: Array<FormView>, 
/**
 * It takes Individual keys in the best of its forms, as far as known.
 */
individual: HandoffIndividual, 
/**
 * The smallest role of a Team key that does all its jobs.
 */
least: Role | null, 
/**
 * It takes a short-lived token as well, which is safer than the key.
 */
takes_token: boolean, 
/**
 * The evidence for names, formats and limits.
 */
sources: Array<SourceView>, };

export type FormView = { 
/**
 * Its code; words under `handoff.form.<code>`.
 */
code: string, 
/**
 * What names and formats rest on.
 */
basis: Basis, 
/**
 * What becomes of an Individual key.
 */
individual: HandoffIndividual, 
/**
 * Files it writes.
 */
files: number, 
/**
 * Settings that are shown to everyone.
 */
variables: number, 
/**
 * Settings that hold the key.
 */
secrets: number, 
/**
 * Its settings can be set with GitHub's command line tool.
 */
gh: boolean, };

export type FittingRequest = { 
/**
 * The form's code.
 */
form: string, 
/**
 * Jobs, if not all those of the recipe.
 */
tasks: Array<Task> | null, 
/**
 * For which apps.
 */
scope: AppScope, };

export type FittingView = { 
/**
 * Keys that can do all of it, the smallest first. Keys about whose rights nothing is asked come in the order of
 * the list.
 */
fits: Array<string>, 
/**
 * Keys that can do some of it, or for which it is open.
 */
nearly: Array<NearView>, 
/**
 * Keys the tool cannot use.
 */
refused: Array<RefusedKey>, 
/**
 * The role to make a Team key with, if none fits.
 */
create: Role | null, };

export type RefusedKey = { 
/**
 * Which.
 */
key: string, 
/**
 * Why, and what to do instead.
 */
individual: HandoffIndividual, };

export type HandoffPair = { 
/**
 * The form's code.
 */
form: string, 
/**
 * Which key.
 */
key: string, };

export type SheetView = { "can": "yes", 
/**
 * The form, filled in.
 */
sheet: HandoffSheet, 
/**
 * When every secret part was made, read back and had signed; milliseconds since 1970. None for a form
 * without a secret part.
 */
proved_at: number | null, } | { "can": "no", 
/**
 * Why.
 */
limit: Limit | null, 
/**
 * What to do instead, the best first.
 */
instead: Array<HandoffInstead>, } | { "can": "needs_issuer" };

export type HandoffPart = { "part": "file", 
/**
 * From 0.
 */
index: number, } | { "part": "env_file" } | { "part": "setting", 
/**
 * Its name.
 */
name: string, };

export type PlaceRequest = { 
/**
 * The form's code.
 */
form: string, 
/**
 * Which key.
 */
key: string, 
/**
 * Which file.
 */
part: HandoffPart, 
/**
 * The folder the tool looks into by itself, without asking; else a dialog asks.
 */
known_folder: boolean, 
/**
 * Title of the dialog.
 */
title: string, };

export type PlaceView = { 
/**
 * Its number, for [`WriteRequest`].
 */
id: number, 
/**
 * The path, shortened for display.
 */
path: string, 
/**
 * There is a file of that name, which would be replaced.
 */
exists: boolean, 
/**
 * What is risky about it.
 */
warnings: Array<HandoffPlaceWarning>, 
/**
 * The line that keeps the file out of the next commit, and the file it would be added to; none when there is
 * no repository or it stands there already.
 */
ignore: IgnoreView | null, 
/**
 * The lines to paste, with this path in them.
 */
sheet: HandoffSheet, };

export type IgnoreView = { 
/**
 * The file, shortened for display.
 */
file: string, 
/**
 * The line.
 */
line: string, };

export type WriteRequest = { 
/**
 * The place.
 */
id: number, 
/**
 * Where that is, in the user's words.
 */
destination: string, 
/**
 * The file there may be replaced.
 */
replace: boolean, 
/**
 * The folder cannot keep files to their owner, and the user wants it all the same.
 */
accept_rights: boolean, 
/**
 * Add the line to `.gitignore`, too.
 */
ignore: boolean, };

export type SecretCopy = { 
/**
 * The form's code.
 */
form: string, 
/**
 * Which key.
 */
key: string, 
/**
 * The setting's name.
 */
setting: string, 
/**
 * Where it will be pasted, in the user's words.
 */
destination: string, };

export type SecretCopied = { 
/**
 * What is on the clipboard now.
 */
clip: Clip, 
/**
 * Its receipt.
 */
receipt: ReceiptView, };

export type GhRequest = { 
/**
 * The form's code.
 */
form: string, 
/**
 * Which key.
 */
key: string, 
/**
 * `owner/name`.
 */
repository: string, 
/**
 * An environment of the repository.
 */
environment: string | null, };

export type GhView = { 
/**
 * Every setting, in order.
 */
steps: Array<GhStep>, 
/**
 * The receipt, if the secret was set, or may have been. With the vault locked meanwhile it comes when that is opened.
 */
receipt: ReceiptView | null, };

export type GhStep = { 
/**
 * Its name.
 */
name: string, 
/**
 * How it went.
 */
outcome: GhOutcome, 
/**
 * What the tool said when it refused: its first lines, with nothing of the key in them.
 */
said: string | null, };

export type GhOutcome = "set" | "refused" | "timed_out" | "not_started" | "skipped";

export type HandoffBy = "file" | "clipboard" | "gh" | "noted";

export type ReceiptView = { 
/**
 * Its number.
 */
id: number, 
/**
 * When it went; milliseconds since 1970.
 */
at: number, 
/**
 * Which key; it may be gone.
 */
key: string, 
/**
 * What the key was called then.
 */
key_name: string, 
/**
 * Its Key ID then.
 */
key_id: string, 
/**
 * Its kind then.
 */
kind: KeyKind, 
/**
 * First bytes of the SHA-256 of its public key: 64 hex digits.
 */
fingerprint: string, 
/**
 * The tool; none when a newer version wrote one this version does not know.
 */
tool: Tool | null, 
/**
 * The form's code; none for a noted one.
 */
form: string | null, 
/**
 * Where, in the user's words.
 */
destination: string, 
/**
 * How.
 */
by: HandoffBy, 
/**
 * The file, shortened for display.
 */
path: string | null, 
/**
 * Whether that file is still there; none when it was no file.
 */
file_there: boolean | null, 
/**
 * What was risky about the place.
 */
warnings: Array<HandoffPlaceWarning>, 
/**
 * When the user said the key is no longer there; milliseconds since 1970.
 */
gone_at: number | null, };

export type ReceiptQuery = { 
/**
 * Of this key.
 */
key: string | null, 
/**
 * Of this tool.
 */
tool: Tool | null, };

export type NotedHandoff = { 
/**
 * Which key.
 */
key: string, 
/**
 * The tool.
 */
tool: Tool, 
/**
 * Where, in the user's words.
 */
destination: string, };

export type ReceiptChange = { 
/**
 * Which.
 */
id: number, 
/**
 * Whether the key is no longer there.
 */
gone: boolean, };

export type UsesView = { 
/**
 * Every receipt of this key, newest first.
 */
receipts: Array<ReceiptView>, 
/**
 * What would stop working if it were revoked: one line per place it still is in.
 */
breaks: Array<BreakView>, 
/**
 * The jobs of everything it was handed to.
 */
jobs: Array<Task>, 
/**
 * Some of it is for no job in particular, so nothing can be said about a smaller role.
 */
open: boolean, 
/**
 * A smaller role that would cover all of `jobs`.
 */
smaller: SmallerView | null, };

export type BreakView = { 
/**
 * The tool; none when a newer version wrote one this version does not know.
 */
tool: Tool | null, 
/**
 * Where, in the user's words.
 */
destination: string, 
/**
 * The last time it was handed there; milliseconds since 1970.
 */
at: number, 
/**
 * The jobs it is there for.
 */
jobs: Array<Task>, };

export type SmallerView = { 
/**
 * The role the key has.
 */
has: Role, 
/**
 * The smallest that covers its hand-offs.
 */
role: Role, 
/**
 * Keys in use that already have it, or less, and cover them.
 */
keys: Array<string>, };

export type HandoffTrouble = "unknown" | "individual" | "unquotable" | "not_proven" | "place_gone" | "name" | "no_folder" | "exists" | "link" | "not_a_file" | "not_allowed" | "disk_full" | "rights_not_kept" | "changed_meanwhile" | "failed" | "destination" | "repository" | "no_gh";

export type TextField = "name" | "notes" | "tags" | "team_name";

export type IpcError = { "code": "vault_locked" } | { "code": "vault_not_set_up" } | { "code": "vault_exists" } | { "code": "passphrase_wrong" } | { "code": "passphrase_too_short", 
/**
 * Characters needed.
 */
minimum: number, } | { "code": "keyring", 
/**
 * What is wrong with it.
 */
trouble: KeyringTrouble, } | { "code": "key_not_found" } | { "code": "changed_elsewhere" } | { "code": "only_known_copy" } | { "code": "already_have", 
/**
 * Where.
 */
existing: KeySummary, } | { "code": "key_id_taken", 
/**
 * Which.
 */
existing: KeySummary, } | { "code": "key_id_twice" } | { "code": "key_id_invalid" } | { "code": "issuer_id_invalid" } | { "code": "name_empty" } | { "code": "text_too_long", 
/**
 * Which.
 */
field: TextField, 
/**
 * Characters allowed.
 */
maximum: number, } | { "code": "too_many_roles" } | { "code": "import_gone" } | { "code": "clipboard_empty" } | { "code": "clipboard_unavailable" } | { "code": "nothing_found" } | { "code": "disk_full" } | { "code": "disk_read_only" } | { "code": "disk_failed" } | { "code": "vault_damaged" } | { "code": "export_too_large", 
/**
 * MiB allowed.
 */
maximum: number, } | { "code": "export_failed" } | { "code": "not_in_catalogue" } | { "code": "vendor_number_invalid" } | { "code": "not_reached", 
/**
 * What stood in the way.
 */
trouble: Trouble, } | { "code": "apple_refused", 
/**
 * The HTTP status.
 */
status: number, } | { "code": "no_such_person" } | { "code": "issuer_id_missing" } | { "code": "token_lifetime", 
/**
 * Least seconds from now.
 */
least: number, 
/**
 * Most seconds from now.
 */
most: number, } | { "code": "token_scope", 
/**
 * Why.
 */
why: InvalidScope, } | { "code": "token_gone" } | { "code": "handoff", 
/**
 * Why.
 */
why: HandoffTrouble, } | { "code": "link_failed" } | { "code": "internal" };

export type AppEvent = { "event": "status_changed" } | { "event": "keys_changed" } | { "event": "run_changed", 
/**
 * How it goes; none once it was dismissed.
 */
run: RunView | null, } | { "event": "activity_changed" } | { "event": "handoffs_changed" } | { "event": "drop_hover", 
/**
 * What they are, by name.
 */
preview: DropPreview, } | { "event": "drop_left" } | { "event": "import_changed", 
/**
 * Which.
 */
id: number, 
/**
 * How far reading has come.
 */
state: ImportState, 
/**
 * Files read.
 */
done: number, 
/**
 * Files to read.
 */
total: number, };

export type FixedLink = "asc_integrations" | "asc_individual_keys" | "asc_users" | "asc_agreements" | "apple_status" | "apple_errors" | "apple_tokens";

export type Link = { "fixed": FixedLink } | { "source": string };

export type NewPassphraseRequest = { passphrase: string, };

export type PassphraseRequest = { passphrase: string | null, };

export type RowPassphraseRequest = { id: number, row: number, passphrase: string, };

export type Revealed = string;

export type ZoomStep = "in" | "out" | "reset";

export type TitleBarTouch = "drag" | "double_click";

export type AppearanceRequest = { appearance: Appearance, };

export type SnapshotRequest = { name: string, };

export type KeyRequest = { id: string, };

export type IssuerRenameRequest = { issuer_id: string, name: string, };

export type CopyRequest = { id: string, what: CopyField, };

export type ImportRequest = { id: number, };

export type LedgerRequest = { columns: Array<ColumnRef>, layer: Layer, };

export type GridRequest = { layer: Layer, };

export type IssuerVendorRequest = { issuer_id: string, vendor_number: string, };

export type AskingRequest = { asking: Asking, };

export type ExportCopyRequest = { text: string, };

export type HintRequest = { hint: Hint, };

export type LinkRequest = { link: Link, };

export type ZoomRequest = { step: ZoomStep, };

export type TokenRequest = { id: number, };

export type ClipboardRequest = { seconds: number, };

export type PlaceDropRequest = { id: number, };

export type TitleBarRequest = { touch: TitleBarTouch, };

export type PickRequest = { title: string, key_files: string, all_files: string, };

export type ExportFormat = "markdown" | "csv" | "svg" | "png";

export type ExportRequest = { 
/**
 * Title of the dialog, and the words for its file type.
 */
title: string, kind: string, 
/**
 * Suggested file name, without its ending.
 */
name: string, format: ExportFormat, 
/**
 * Text; for `png` Base64.
 */
content: string, };

export type BarKeys = { key: string, main: boolean, control: boolean, alt: boolean, shift: boolean, };

export type SystemAct = "about" | "services" | "hide" | "hide_others" | "show_all" | "quit" | "close_window" | "cut" | "copy" | "paste" | "select_all" | "minimize" | "zoom" | "full_screen" | "bring_all_to_front";

export type BarItem = { "type": "command", command: string, label: string, keys: BarKeys | null, enabled: boolean, } | { "type": "system", act: SystemAct, label: string, } | { "type": "separator" };

export type BarRole = "ordinary" | "window" | "help";

export type BarMenu = { title: string, role: BarRole, items: Array<BarItem>, };

export type MenuBar = { menus: Array<BarMenu>, };

export type KeptView = { page: string, shelf: string, selected: string | null, sidebar_hidden: boolean, };

export type ShellEvent = { "event": "menu_chosen", command: string, } | { "event": "clipboard_changed", clip: Clip | null, };

export type WindowEvent = AppEvent | ShellEvent;

/** Every command the window may call, except `subscribe`, whose channel is not plain data. */
export interface Commands {
  ready: { request: null; answer: null };
  zoom: { request: ZoomRequest; answer: null };
  title_bar: { request: TitleBarRequest; answer: null };
  menu_bar: { request: MenuBar; answer: null };
  keep_view: { request: KeptView; answer: null };
  import_pick: { request: PickRequest; answer: number | null };
  handoff_place: { request: PlaceRequest; answer: PlaceView | null };
  export_save: { request: ExportRequest; answer: string | null };
  status: { request: null; answer: AppStatus };
  set_appearance: { request: AppearanceRequest; answer: null };
  hint_seen: { request: HintRequest; answer: null };
  vault_create: { request: NewPassphraseRequest; answer: AppStatus };
  vault_unlock: { request: PassphraseRequest; answer: AppStatus };
  vault_lock: { request: null; answer: AppStatus };
  vault_add_passphrase: { request: NewPassphraseRequest; answer: AppStatus };
  vault_restore_snapshot: { request: SnapshotRequest; answer: AppStatus };
  keys: { request: null; answer: KeyList };
  key_update: { request: KeyUpdate; answer: KeyView };
  key_removal_check: { request: KeyRequest; answer: RemovalCheck };
  key_remove: { request: KeyRemoval; answer: null };
  key_restore: { request: KeyRequest; answer: KeyView };
  key_purge: { request: KeyRequest; answer: null };
  issuer_rename: { request: IssuerRenameRequest; answer: null };
  copy: { request: CopyRequest; answer: null };
  import_paste: { request: null; answer: number };
  import_discover: { request: null; answer: number };
  import_view: { request: ImportRequest; answer: ImportView };
  import_stop: { request: ImportRequest; answer: null };
  import_passphrase: { request: RowPassphraseRequest; answer: ImportView };
  import_commit: { request: ImportCommit; answer: ImportOutcome };
  import_cancel: { request: ImportRequest; answer: null };
  ledger: { request: LedgerRequest; answer: LedgerView };
  grid: { request: GridRequest; answer: GridView };
  who_can: { request: WhoCanRequest; answer: WhoCanView };
  advise: { request: AdviseRequest; answer: AdviceView };
  operations: { request: null; answer: OperationsView };
  verify: { request: VerifyRequest; answer: RunView };
  verify_stop: { request: null; answer: null };
  run: { request: null; answer: RunView | null };
  run_dismiss: { request: null; answer: null };
  check: { request: KeyRequest; answer: CheckView };
  roles_keep: { request: KeyRequest; answer: null };
  owner_look_up: { request: OwnerRequest; answer: CheckView };
  issuer_set_vendor: { request: IssuerVendorRequest; answer: null };
  import_ask: { request: OfferQuestion; answer: ImportView };
  apple_line: { request: null; answer: AppleLine };
  set_asking: { request: AskingRequest; answer: null };
  activity: { request: ActivityQuery; answer: ActivityPage };
  token_plan: { request: TokenWish; answer: TokenPlan };
  token_mint: { request: TokenWish; answer: TokenView };
  token: { request: null; answer: TokenView | null };
  token_copy: { request: TokenCopy; answer: Clip };
  token_reveal: { request: TokenRequest; answer: Revealed };
  token_drop: { request: TokenRequest; answer: null };
  inspect_paste: { request: null; answer: Inspected };
  inspect_again: { request: null; answer: InspectionView | null };
  inspect_clear: { request: null; answer: null };
  clipboard: { request: null; answer: Clip | null };
  clipboard_clear: { request: null; answer: null };
  set_clipboard_seconds: { request: ClipboardRequest; answer: null };
  recipes: { request: null; answer: Array<RecipeView> };
  fitting: { request: FittingRequest; answer: FittingView };
  handoff_sheet: { request: HandoffPair; answer: SheetView };
  handoff_write: { request: WriteRequest; answer: ReceiptView };
  handoff_place_drop: { request: PlaceDropRequest; answer: null };
  handoff_copy: { request: SecretCopy; answer: SecretCopied };
  gh_found: { request: null; answer: boolean };
  gh_set: { request: GhRequest; answer: GhView };
  receipts: { request: ReceiptQuery; answer: Array<ReceiptView> };
  receipt_note: { request: NotedHandoff; answer: ReceiptView };
  receipt_change: { request: ReceiptChange; answer: ReceiptView };
  uses: { request: KeyRequest; answer: UsesView };
  export_copy: { request: ExportCopyRequest; answer: null };
  open_link: { request: LinkRequest; answer: null };
}
