// The picture beside an entry: what was done, at a glance. The words beside it say it too.
import Archive from '@lucide/svelte/icons/archive';
import ArchiveRestore from '@lucide/svelte/icons/archive-restore';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import CircleX from '@lucide/svelte/icons/circle-x';
import CloudOff from '@lucide/svelte/icons/cloud-off';
import DatabaseBackup from '@lucide/svelte/icons/database-backup';
import Eraser from '@lucide/svelte/icons/eraser';
import Hand from '@lucide/svelte/icons/hand';
import Lock from '@lucide/svelte/icons/lock';
import LockOpen from '@lucide/svelte/icons/lock-open';
import Pencil from '@lucide/svelte/icons/pencil';
import Plus from '@lucide/svelte/icons/plus';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Send from '@lucide/svelte/icons/send';
import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import ShieldPlus from '@lucide/svelte/icons/shield-plus';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import Trash2 from '@lucide/svelte/icons/trash-2';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Undo2 from '@lucide/svelte/icons/undo-2';
import UserRoundSearch from '@lucide/svelte/icons/user-round-search';
import Vault from '@lucide/svelte/icons/vault';
import type { Component } from 'svelte';
import type { Deed, StandingCode } from '../../backend/bindings.gen';

type Icon = Component<{ size?: number; strokeWidth?: number; 'aria-hidden'?: 'true' }>;

const ICONS: Record<Exclude<Deed['what'], 'checked'>, Icon> = {
  key_added: Plus, key_removed: Trash2, key_restored: Undo2, key_erased: Eraser, key_archived: Archive, key_unarchived: ArchiveRestore,
  key_renamed: Pencil, roles_changed: Pencil, identity_changed: Pencil, details_changed: Pencil, team_renamed: Pencil, vendor_number_changed: Pencil,
  run_over: RefreshCw, owner_looked_up: UserRoundSearch, asking_failed: CloudOff, roles_kept: Hand,
  handed_off: Send, handoff_gone: Undo2,
  vault_made: Vault, unlocked: LockOpen, unlock_refused: ShieldAlert, locked: Lock, passphrase_added: ShieldPlus, snapshot_restored: DatabaseBackup, asking_changed: SlidersHorizontal,
  other: CircleQuestionMark,
};
const CHECKS: Record<StandingCode, Icon> = {
  unchecked: CloudOff, verified: RefreshCw, otherwise: TriangleAlert, agreement_missing: TriangleAlert, unrecognised: CircleX, refused_everywhere: CircleX,
};

export function iconOf(deed: Deed): Icon {
  // A newer core may write more than this window knows.
  return (deed.what === 'checked' ? CHECKS[deed.standing] : ICONS[deed.what]) ?? CircleQuestionMark;
}
