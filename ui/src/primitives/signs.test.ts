// The small signs a key is read by: level glyph, reach strip, tile, tabs, toasts.
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Half } from '../backend/bindings.gen';
import { expectAccessible } from '../testing/axe';
import LevelGlyph from './LevelGlyph.svelte';
import type { Level } from '../backend/bindings.gen';
import ReachStrip from './ReachStrip.svelte';
import { strip, stripSize } from './strip';
import Tabs from './Tabs.svelte';
import { Toasts } from './toasts.svelte';

describe('the level glyph', () => {
  const draw = (read: Half, write: Half) => render(LevelGlyph, { read, write }).container.innerHTML.replace(/data-\w+="\w+"/g, '');

  it('draws every pair of halves differently', () => {
    const halves: Half[] = ['yes', 'part', 'no', 'never', 'unknown', 'disputed'];
    const drawn = halves.flatMap((read) => halves.map((write) => draw(read, write)));
    expect(new Set(drawn).size).toBe(36);
  });

  it('is decoration: the words beside it carry the meaning', () => {
    const { container } = render(LevelGlyph, { read: 'yes', write: 'no' });
    expect(container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  });
});

it('the reach strip is one picture with words', async () => {
  render(ReachStrip, { levels: ['manage', 'view', 'none', 'never', 'unclear', 'disputed', 'limited', 'none', 'none', 'none', 'none'], words: 'Documented reach: manage in 1 area' });
  expect(screen.getByRole('img', { name: 'Documented reach: manage in 1 area' }).querySelectorAll('path').length).toBeGreaterThan(0);
  await expectAccessible();
});

it('every level has a tick of its own shape, in ledger order', () => {
  const levels: Level[] = ['manage', 'limited', 'view', 'none', 'never', 'unclear', 'disputed'];
  const shapes = levels.map((level) => strip([level]).map(({ ink, d }) => `${ink} ${d}`).join());
  expect(new Set(shapes).size).toBe(levels.length);
  const [paths] = strip(['view', 'view', 'none', 'none', 'none', 'none', 'none', 'view']);
  expect(paths?.d.match(/M[\d.]+/g), 'the areas only Team keys reach stand apart').toEqual(['M0.5', 'M6.5', 'M45.5']);
  expect(stripSize(11)).toEqual({ width: 67, height: 12 });
});

it('tabs are one Tab stop and turn with the arrows', async () => {
  render(Tabs, { id: 'x', label: 'About', tabs: [{ name: 'one', label: 'One' }, { name: 'two', label: 'Two' }], value: 'one' });
  await userEvent.tab();
  await userEvent.keyboard('{ArrowRight}');
  const two = screen.getByRole('tab', { name: 'Two' });
  expect(two.getAttribute('aria-selected')).toBe('true');
  expect(document.activeElement).toBe(two);
  expect(screen.getByRole('tab', { name: 'One' }).tabIndex).toBe(-1);
});

describe('a toast', () => {
  afterEach(() => vi.useRealTimers());
  function show(timeout: number) {
    vi.useFakeTimers();
    const toasts = new Toasts();
    const run = vi.fn();
    const onexpire = vi.fn();
    const id = toasts.show({ text: 'Removed', timeout, action: { label: 'Undo', run }, onexpire });
    return { toasts, id, run, onexpire };
  }

  it('expires once, and takes its offer with it', () => {
    const { toasts, id, run, onexpire } = show(10_000);
    vi.advanceTimersByTime(9_999);
    expect(toasts.shown).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(onexpire).toHaveBeenCalledOnce();
    toasts.act(id);
    expect(run).not.toHaveBeenCalled();
  });

  it('does not expire after its action was taken', () => {
    const { toasts, id, run, onexpire } = show(10_000);
    toasts.act(id);
    vi.advanceTimersByTime(20_000);
    expect(run).toHaveBeenCalledOnce();
    expect(onexpire).not.toHaveBeenCalled();
  });

  it('waits while it is being read', () => {
    const { toasts, onexpire } = show(10_000);
    vi.advanceTimersByTime(9_000);
    toasts.hold();
    vi.advanceTimersByTime(60_000);
    expect(onexpire).not.toHaveBeenCalled();
    toasts.release();
    vi.advanceTimersByTime(1_500);
    expect(onexpire).toHaveBeenCalledOnce();
  });
});
