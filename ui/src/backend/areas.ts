// The areas in ledger order: part of the vocabulary that the contract's types leave open.
import type { Area, Level } from './bindings.gen';

const ORDER: Record<Area, null> = {
  apps: null, builds: null, xcode_cloud: null, pricing: null, reviews: null, analytics: null, users: null,
  provisioning: null, sales: null, finance: null, notary: null,
};
/** Every area, as the ledger, the grid and the reach strip list them. */
export const AREAS = Object.keys(ORDER) as Area[];

/** Areas of reports: they are downloaded, and there is nothing to change in them. */
export const REPORTS: readonly Area[] = ['sales', 'finance'];

/** Whether a key of this level can do anything in the area. */
export function reaches(level: Level | undefined): boolean {
  return level === 'manage' || level === 'limited' || level === 'view';
}
