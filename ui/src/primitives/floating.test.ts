import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../testing/axe';
import Menu from './Menu.svelte';
import type { MenuItem } from './menu';
import { place } from './place';
import Popover from './Popover.svelte';

function opener(): HTMLButtonElement {
  const button = document.body.appendChild(document.createElement('button'));
  button.textContent = 'Open';
  button.focus();
  return button;
}

describe('a menu', () => {
  function open(items: MenuItem[]) {
    const anchor = opener();
    const onclose = vi.fn();
    render(Menu, { props: { anchor, label: 'Actions', items, onclose } });
    return { anchor, onclose };
  }
  const run = vi.fn();
  const items: MenuItem[] = [
    { label: 'Rename', run },
    { label: 'Copy', disabled: true, run },
    { type: 'separator' },
    { type: 'branch', label: 'Role', items: [{ label: 'Admin', checked: true, run }, { label: 'Developer', checked: false, run }] },
    { label: 'Remove', danger: true, run },
  ];
  const focused = () => document.activeElement?.textContent.trim();

  it('starts on its first item and walks with the arrows, past what is disabled', async () => {
    open(items);
    expect(focused()).toBe('Rename');
    await userEvent.keyboard('{ArrowDown}');
    expect(focused()).toBe('Role');
    await userEvent.keyboard('{End}');
    expect(focused()).toBe('Remove');
    await userEvent.keyboard('{ArrowDown}');
    expect(focused()).toBe('Rename');
    await expectAccessible();
  });

  it('runs on Return', async () => {
    run.mockClear();
    const { onclose } = open(items);
    await userEvent.keyboard('{End}{Enter}');
    expect(run).toHaveBeenCalledOnce();
    expect(onclose).toHaveBeenCalledWith(true);
  });

  it('opens a branch to the side, says what is chosen, and Esc closes one level', async () => {
    const { onclose } = open(items);
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    expect(screen.getByRole('menuitemradio', { name: 'Admin' }).getAttribute('aria-checked')).toBe('true');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('menuitemradio', { name: 'Admin' })).toBeNull();
    expect(onclose).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(onclose).toHaveBeenCalledWith(false);
  });

  it('gives the focus back', async () => {
    const { anchor } = open(items);
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(anchor);
  });

  it('closes on a press elsewhere', async () => {
    const { onclose } = open(items);
    await userEvent.click(document.body);
    expect(onclose).toHaveBeenCalledWith(false);
  });
});

describe('a popover', () => {
  it('takes the focus when asked to, and Esc gives it back', async () => {
    const anchor = opener();
    const onclose = vi.fn();
    render(Popover, { props: { anchor, label: 'Why', focused: true, onclose, children: createRawSnippet(() => ({ render: () => '<p>Because.</p>' })) } });
    expect(document.activeElement).toBe(screen.getByRole('dialog', { name: 'Why' }));
    await expectAccessible();
    await userEvent.keyboard('{Escape}');
    expect(onclose).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(anchor);
  });
});

describe('placing', () => {
  const room = { width: 800, height: 600 };
  const panel = { width: 200, height: 100 };
  const below = { side: 'bottom', align: 'start', gap: 4, rtl: false } as const;

  it('goes below and lines up with the start', () => {
    expect(place({ left: 100, top: 100, width: 50, height: 20 }, panel, room, below)).toEqual({ left: 100, top: 124, side: 'bottom' });
  });
  it('flips up when there is no room below', () => {
    expect(place({ left: 100, top: 560, width: 50, height: 20 }, panel, room, below)).toMatchObject({ top: 456, side: 'top' });
  });
  it('never leaves the window', () => {
    expect(place({ left: 780, top: 100, width: 10, height: 20 }, panel, room, below).left).toBe(592);
  });
  it('mirrors for right-to-left', () => {
    expect(place({ left: 400, top: 100, width: 50, height: 20 }, panel, room, { ...below, rtl: true }).left).toBe(250);
    expect(place({ left: 400, top: 100, width: 50, height: 20 }, panel, room, { ...below, side: 'right', rtl: true }).side).toBe('left');
  });
});
