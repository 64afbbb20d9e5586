// What the first frame does not need: loaded when it is asked for, or a moment after the window is up, whichever comes first.
export const later = {
  activity: () => import('../features/activity/ActivityPage.svelte'),
  advisor: () => import('../features/advisor/AdvisorPage.svelte'),
  endpoints: () => import('../features/endpoints/EndpointsPage.svelte'),
  grid: () => import('../features/permissions/ReachGrid.svelte'),
  handoff: () => import('../features/handoff/HandoffPage.svelte'),
  keyHandoffs: () => import('../features/handoff/KeyHandoffs.svelte'),
  importSheet: () => import('../features/import/ImportSheet.svelte'),
  palette: () => import('../features/palette/Palette.svelte'),
  settings: () => import('../features/settings/SettingsPage.svelte'),
  tokens: () => import('../features/tokens/TokensPage.svelte'),
};

/** Loads all of it, so that nobody waits for a page they open. */
export async function loadTheRest(): Promise<void> {
  for (const load of Object.values(later)) await load();
}
