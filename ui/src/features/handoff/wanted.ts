// Where another part of the window sends people: a new object each time, so that the same wish can be made twice.
import type { KeyRef, Tool } from '../../backend/bindings.gen';

export type HandoffWanted = {
  /** Begin with this key. */
  key?: KeyRef;
  tool?: Tool;
  /** Show all receipts instead of a recipe. */
  ledger?: boolean;
};
