// axe-core in the real page (https://github.com/dequelabs/axe-core).

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// Taken from the front end's packages, so that there is one lock file.
const axe = readFileSync(createRequire(new URL('../../ui/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** Every violation in the page as `rule: selector`, so that a failing test says where to look. */
export async function violations(page) {
  await page.script(`${axe}; window.axe = axe;`);
  const found = await page.scriptAsync('return (await window.axe.run(document, arguments[0])).violations;', RULES);
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}
