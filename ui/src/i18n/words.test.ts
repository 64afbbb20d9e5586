import { describe, expect, it } from 'vitest';
import { day, hasWords, isShortcut, isolate, shortcutWords, t, tCode, visible, wordsFor } from './index';

describe('words', () => {
  it('pick the form for the count', () => {
    expect(t('keys.count', { count: 1 })).toBe('1 key');
    expect(t('keys.count', { count: 1200 })).toBe('1,200 keys');
  });

  it('a code nobody has words for shows itself', () => {
    expect(hasWords('access.role', 'JANITOR')).toBe(false);
    expect(tCode('access.role', 'JANITOR')).toBe('JANITOR');
  });

  it('refuse to leave a hole while developing', () => {
    expect(() => t('keys.removed')).toThrow(/name/);
  });

  it('an error of the core becomes a title and a body', () => {
    const { title, body } = wordsFor({ code: 'disk_full' });
    expect(title).not.toBe('');
    expect(body).not.toBe('');
  });
});

describe('dates', () => {
  it('a month stays a month: no day is made up', () => {
    expect(day('2026-10')).toBe('Oct 2026');
  });
  it('an ISO day is that day in every time zone', () => {
    expect(day('2026-10-02')).toBe('2 Oct 2026');
  });
});

describe('hostile names', () => {
  it.each([
    ['invoice\u202Egpj.8p', 'invoice‹U+202E›gpj.8p'],
    ['\u0007bell\u0000', '␇bell␀'],
    ['a\nb', 'a␊b'],
    ['zero\u200bwidth', 'zero‹U+200B›width'],
  ])('%j is shown with what it hides', (name, shown) => {
    expect(visible(name)).toBe(shown);
  });

  it('ordinary names and joined emoji are left alone', () => {
    for (const name of ['CI Release', 'Tomás — laptop', '鍵', '👩‍💻']) expect(isolate(visible(name))).toBe(name);
  });

  it('a right-to-left name cannot turn the sentence around it', () => {
    expect(t('keys.removed', { name: 'مفتاح' })).toBe('Removed \u2068مفتاح\u2069');
  });
});

describe('shortcuts', () => {
  it('are written as each system writes them', () => {
    expect(shortcutWords({ key: 'f', mod: true, shift: true }, 'macos')).toBe('⇧⌘F');
    expect(shortcutWords({ key: 'f', mod: true, shift: true }, 'windows')).toBe('Ctrl+Shift+F');
  });
  it('are pressed with Command on a Mac and Control elsewhere', () => {
    const press = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true });
    expect(isShortcut(press, { key: 'f', mod: true }, 'linux')).toBe(true);
    expect(isShortcut(press, { key: 'f', mod: true }, 'macos')).toBe(false);
  });
});
