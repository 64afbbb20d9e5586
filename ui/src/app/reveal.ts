// Brings a row of the settings into view, once the page is there, and puts the keyboard on its control.
import { tick } from 'svelte';
import { later } from './later';

export async function revealSetting(id: string): Promise<void> {
  await later.settings();
  await tick();
  const row = document.getElementById(`setting-${id}`);
  row?.scrollIntoView?.({ block: 'center' });
  row?.querySelector<HTMLElement>('input:checked, input:not([type="radio"]), select, button')?.focus();
}
