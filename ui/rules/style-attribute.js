// Refuses `style="..."` in a template: the shipped policy (`style-src 'self'`) drops it silently. `style:` directives set
// the same property through the object model, which the policy allows.

/** @type {import('eslint').Rule.RuleModule} */
export const styleAttribute = {
  meta: { type: 'problem', schema: [], messages: { blocked: 'the shipped policy blocks style attributes: use a class or a style: directive' } },
  create(context) {
    return {
      /** @param {any} node */
      SvelteAttribute(node) {
        if (node.key.name === 'style') context.report({ loc: node.loc, messageId: 'blocked' });
      },
    };
  },
};
