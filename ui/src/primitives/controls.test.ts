import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { expectAccessible } from '../testing/axe';
import Field from './Field.svelte';
import FileName from './FileName.svelte';
import PasswordField from './PasswordField.svelte';
import Progress from './Progress.svelte';
import Segmented from './Segmented.svelte';
import Select from './Select.svelte';

const kinds = [
  { value: 'team', label: 'Team' },
  { value: 'individual', label: 'Individual' },
] as const;

test('a field is named by its label and described by its hint', async () => {
  render(Field, { label: 'Key ID', value: '', hint: 'Ten characters' });
  const field = screen.getByRole('textbox', { name: 'Key ID' });
  expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Ten characters');
  await expectAccessible();
});

test('what is wrong with a field replaces the hint and is announced', async () => {
  render(Field, { label: 'Issuer ID', lead: 'Issuer ID', value: 'x', hint: 'A hint', problem: 'Not an Issuer ID' });
  expect(screen.getByRole('textbox', { name: 'Issuer ID' }).getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByRole('alert').textContent).toBe('Not an Issuer ID');
  expect(screen.queryByText('A hint')).toBeNull();
  await expectAccessible();
});

test('a passphrase is masked until it is shown, and the focus stays in the field', async () => {
  render(PasswordField, { label: 'Passphrase', value: 'harbor velvet' });
  const field = screen.getByLabelText('Passphrase');
  expect(field.getAttribute('type')).toBe('password');
  await expectAccessible();
  await userEvent.click(screen.getByRole('button', { name: 'Show passphrase' }));
  expect(field.getAttribute('type')).toBe('text');
  expect(document.activeElement).toBe(field);
});

test('a segmented choice is one group of radio buttons that reports what was chosen', async () => {
  const onchange = vi.fn();
  render(Segmented<'team' | 'individual'>, { label: 'Kind', value: 'team', options: kinds, onchange });
  await expectAccessible();
  expect(screen.getByRole('radiogroup', { name: 'Kind' })).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: 'Individual' }));
  expect(onchange).toHaveBeenCalledExactlyOnceWith('individual');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Individual' }).checked).toBe(true);
});

test('a select is the native control and reports what was chosen', async () => {
  const onchange = vi.fn();
  render(Select<'team' | 'individual'>, { label: 'Role', value: 'team', options: kinds, onchange });
  await expectAccessible();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Role' }), 'individual');
  expect(onchange).toHaveBeenCalledExactlyOnceWith('individual');
});

test('progress says how far it is, and says nothing while nobody knows', async () => {
  const { rerender } = render(Progress, { label: 'Reading', value: 47, total: 200 });
  const bar = screen.getByRole('progressbar', { name: 'Reading' });
  expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['47', '200']);
  await expectAccessible();
  await rerender({ total: 0 });
  expect(bar.hasAttribute('aria-valuenow')).toBe(false);
});

test('a hostile file name stays text, keeps to itself and shows what it hides', () => {
  const { container } = render(FileName, { name: '<img onerror=x>\u202Egpj.8p\n' });
  expect(container.querySelector('img')).toBeNull();
  expect(container.querySelector('bdi')?.textContent).toBe('<img onerror=x>‹U+202E›gpj.8p␊');
});
