// What can be done about how a key stands. The cards offer it; whoever puts the window together knows how.
import type { FixedLink, KeyPatch } from '../../backend/bindings.gen';

export type StandingActs = {
  verify: () => void;
  change: (patch: KeyPatch) => void;
  open: (link: FixedLink) => void;
  /** Brings up the field that holds it, or the choice of kinds. */
  edit: (what: 'key_id' | 'issuer' | 'kind') => void;
  /** Puts text on the clipboard; says whether it is there. */
  copy: (text: string) => Promise<boolean>;
};
