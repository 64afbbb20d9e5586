// Which roles a key of each kind can have: part of the vocabulary that the contract's types leave open.
import type { KeyKind, Role } from './bindings.gen';

/** No Team key carries the Account Holder's role; an Individual key has the roles of its person, who may hold it. */
export const ROLES: Readonly<Record<KeyKind, readonly Role[]>> = {
  team: ['ADMIN', 'APP_MANAGER', 'DEVELOPER', 'MARKETING', 'SALES', 'FINANCE', 'CUSTOMER_SUPPORT'],
  individual: ['ACCOUNT_HOLDER', 'ADMIN', 'APP_MANAGER', 'DEVELOPER', 'MARKETING', 'SALES', 'FINANCE', 'CUSTOMER_SUPPORT'],
};
