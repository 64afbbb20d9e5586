import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { expectAccessible } from '../testing/axe';
import Dialog from './Dialog.svelte';

const body = createRawSnippet(() => ({ render: () => '<p><label>Name <input value="CI" /></label> <button type="button" data-autofocus>Keep</button></p>' }));

test('has a name, a description and no accessibility violation', async () => {
  render(Dialog, { open: true, title: 'Remove the key?', subtitle: 'It is the only copy.', role: 'alertdialog', onclose: vi.fn(), children: body });
  const dialog = screen.getByRole('alertdialog', { name: 'Remove the key?' });
  expect(dialog.getAttribute('aria-describedby')).toBe(screen.getByText('It is the only copy.').id);
  await expectAccessible();
});

test('opens with the focus on the marked element and gives it back when it closes', async () => {
  const opener = document.body.appendChild(document.createElement('button'));
  opener.focus();
  const { rerender } = render(Dialog, { open: true, title: 'Remove', onclose: vi.fn(), children: body });
  expect(document.activeElement?.textContent).toBe('Keep');
  await rerender({ open: false });
  expect(document.activeElement).toBe(opener);
  opener.remove();
});

test('Escape asks the owner and closes nothing by itself', async () => {
  const onclose = vi.fn();
  render(Dialog, { open: true, title: 'Remove', onclose, children: body });
  await userEvent.keyboard('{Escape}');
  expect(onclose).toHaveBeenCalledOnce();
  expect(screen.getByRole('dialog')).toBeTruthy();
});
