import { screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Level } from '../../backend/bindings.gen';
import { expectAccessible } from '../../testing/axe';
import { callsOf, openWindow } from '../../testing/window';
import { reachLines } from './words';

const user = userEvent.setup();
const hint = () => screen.queryByRole('complementary', { name: 'How far each key reaches' });

describe('what the ticks mean', () => {
  it('is said once, politely, without taking the focus', async () => {
    await openWindow({ hintsSeen: [] });
    expect(hint()?.textContent).toContain('Eleven ticks, one per area');
    expect(document.activeElement).toBe(document.body);
    await vi.waitFor(() => expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain('Tip: the ticks in each row show how far the key reaches.'));
    await expectAccessible();
  });

  it('names each of the seven levels beside its tick', async () => {
    await openWindow({ hintsSeen: [] });
    expect([...(hint()?.querySelectorAll('li') ?? [])].map((item) => item.textContent?.trim())).toEqual(['manages', 'limited', 'views', 'no access', 'never', 'unclear', 'disputed']);
  });

  it('goes with Got It and is never said again', async () => {
    const backend = await openWindow({ hintsSeen: [] });
    await user.click(screen.getByRole('button', { name: 'Got It' }));
    expect(callsOf(backend, 'hintSeen')).toEqual([['reach_strip']]);
    await vi.waitFor(() => expect(hint()).toBeNull());
  });

  it('goes with Esc, but only when nothing else wants that key', async () => {
    const backend = await openWindow({ hintsSeen: [] });
    await user.click(screen.getByRole('button', { name: 'Sort' }));
    await user.keyboard('{Escape}');
    expect(hint()).not.toBeNull();
    await user.keyboard('{Escape}');
    await vi.waitFor(() => expect(hint()).toBeNull());
    expect(callsOf(backend, 'hintSeen')).toHaveLength(1);
  });

  it('is not said to someone who knows, nor without a row to point at', async () => {
    await openWindow({ hintsSeen: ['reach_strip'] });
    expect(hint()).toBeNull();
  });
});

describe('the reach strip in words', () => {
  it('names the areas of each level, and counts the rest', () => {
    const levels: Level[] = ['manage', 'limited', 'view', 'none', 'none', 'unclear', 'disputed', 'never', 'never', 'never', 'disputed'];
    expect(reachLines(levels).split('\n')).toEqual([
      'Manage: Apps & metadata', 'Limited: Builds & TestFlight', 'View: Xcode Cloud', 'Unclear: Analytics reports', 'Disputed: Users & access, Notarization',
      'Never: Certificates, IDs & profiles, Sales reports, Finance reports', 'No access to the other 2',
    ]);
  });
});
