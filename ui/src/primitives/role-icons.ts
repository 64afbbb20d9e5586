// The glyph inside a key's tile: its role. Shape and colour of the tile say the kind.
import Banknote from '@lucide/svelte/icons/banknote';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import Crown from '@lucide/svelte/icons/crown';
import Hammer from '@lucide/svelte/icons/hammer';
import KeyRound from '@lucide/svelte/icons/key-round';
import Layers from '@lucide/svelte/icons/layers';
import Megaphone from '@lucide/svelte/icons/megaphone';
import MessageCircle from '@lucide/svelte/icons/message-circle';
import Shield from '@lucide/svelte/icons/shield';
import type { Component } from 'svelte';
import type { Role } from '../backend/bindings.gen';

type Icon = Component<{ size?: number; strokeWidth?: number }>;

const ICONS: Record<Role, Icon> = {
  ACCOUNT_HOLDER: Crown,
  ADMIN: Shield,
  APP_MANAGER: Layers,
  DEVELOPER: Hammer,
  FINANCE: Banknote,
  MARKETING: Megaphone,
  SALES: ChartColumn,
  CUSTOMER_SUPPORT: MessageCircle,
};

/** The glyph for a key with these roles; a plain key when the role is not known. */
export function roleIcon(roles: Role[]): Icon {
  const [first] = roles;
  return first ? ICONS[first] : KeyRound;
}
