// The accessibility check every primitive and every state of a feature goes through. Colours need a real engine and are
// checked there; everything else (names, roles, states, structure) is checked here.
import axe from 'axe-core';
import { expect } from 'vitest';

/** Fails with the rule, the element and axe's own advice for each violation under `element`. */
export async function expectAccessible(element: Element = document.body): Promise<void> {
  const { violations } = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'landmark-one-main': { enabled: false } },
  });
  expect(violations.map((found) => `${found.id}: ${found.help}\n  ${found.nodes.map((node) => node.html).join('\n  ')}`)).toEqual([]);
}
