// What is asked of the grid: which keys can reach an area, and for which apps.
import type { Area, AppScope, AskedHalf } from '../../backend/bindings.gen';

export type GridQuestion = { area: Area | null; half: AskedHalf; scope: AppScope };
