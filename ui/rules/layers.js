// The arrows of the front end, as a lint rule: `app -> features -> primitives -> styles`. It refuses an import that points
// the wrong way, one feature that reaches into another, and any file but `backend/tauri.ts` that talks to Tauri.
import path from 'node:path';

/** For each layer of `src`, the layers its files may import from (besides their own). */
const ARROWS = {
  app: ['features', 'primitives', 'styles', 'backend', 'i18n'],
  features: ['primitives', 'styles', 'backend', 'i18n'],
  primitives: ['styles', 'i18n'],
  i18n: [],
  backend: ['i18n'],
  styles: [],
};

/** Types of the contract are shared vocabulary: every layer may name them. */
const CONTRACT = /^backend\/(bindings\.gen|backend)$/;

/** @param {string} file @returns {string[] | null} the path inside `src`, split; null outside of it */
function insideSource(file) {
  const parts = path.resolve(file).split(path.sep);
  const at = parts.lastIndexOf('src');
  return at < 0 ? null : parts.slice(at + 1);
}

/**
 * @param {string} from absolute path of the importing file
 * @param {string} specifier what it imports
 * @param {boolean} typeOnly whether only types are imported
 * @returns {string | null} what is wrong, or null
 */
export function offence(from, specifier, typeOnly) {
  const here = insideSource(from);
  if (!here || /\.test\.ts$/.test(from)) return null;
  const layer = here[0] ?? '';
  if (specifier.startsWith('@tauri-apps/')) {
    return here.join('/') === 'backend/tauri.ts' ? null : 'only backend/tauri.ts talks to Tauri';
  }
  if (!specifier.startsWith('.') || !(layer in ARROWS)) return null;
  const there = insideSource(path.join(path.dirname(from), specifier));
  if (!there) return null;
  const target = there[0] ?? '';
  if (target === layer) {
    return layer === 'features' && there[1] !== here[1] ? `feature ${here[1]} reaches into feature ${there[1]}` : null;
  }
  if (typeOnly && CONTRACT.test(there.join('/').replace(/\.ts$/, ''))) return null;
  const allowed = ARROWS[/** @type {keyof typeof ARROWS} */ (layer)];
  return /** @type {string[]} */ (allowed).includes(target) ? null : `${layer} may not import from ${target}`;
}

/** @type {import('eslint').Rule.RuleModule} */
export const layers = {
  meta: { type: 'problem', schema: [], messages: { wrong: '{{why}}' } },
  create(context) {
    /** @param {any} node */
    const look = (node) => {
      if (!node.source || typeof node.source.value !== 'string') return;
      const typeOnly = node.importKind === 'type' || node.exportKind === 'type';
      const why = offence(context.filename, node.source.value, typeOnly);
      if (why) context.report({ node: node.source, messageId: 'wrong', data: { why } });
    };
    return { ImportDeclaration: look, ExportNamedDeclaration: look, ExportAllDeclaration: look, ImportExpression: look };
  },
};
