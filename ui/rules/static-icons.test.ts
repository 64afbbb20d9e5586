import { readFileSync } from 'node:fs';
import { render } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Eye from '@lucide/svelte/icons/eye';
import { staticIcon } from './static-icons.js';

const source = readFileSync('node_modules/@lucide/svelte/dist/icons/eye.svelte', 'utf8');

describe('icons', () => {
  it('draw the shapes of the original, in the size and weight asked for, and say nothing', () => {
    const { container } = render(Eye, { size: 14, strokeWidth: 1.75, class: 'mine' });
    const icon = container.querySelector('svg');
    expect(icon?.getAttribute('width')).toBe('14');
    expect(icon?.getAttribute('stroke-width')).toBe('1.75');
    expect(icon?.getAttribute('class')).toBe('mine');
    expect(icon?.getAttribute('aria-hidden')).toBe('true');
    expect(icon?.querySelector('path')?.getAttribute('d')).toBe(/"d": "([^"]+)"/.exec(source)?.[1]);
    expect(icon?.querySelector('circle')?.getAttribute('r')).toBe('3');
  });

  it('are refused when they cannot be read, not passed on', () => {
    expect(() => staticIcon('<script>let other;</script>', 'eye.svelte')).toThrow('eye.svelte');
    expect(staticIcon(source, 'eye.svelte')).not.toContain('Icon.svelte');
  });
});
