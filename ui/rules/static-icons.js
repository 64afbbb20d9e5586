// Icons as plain markup. Lucide's component works every attribute of every shape out when an icon appears; a window full of
// keys shows a hundred at once. Here each icon becomes a template the browser copies whole.
const ICON = /@lucide\/svelte\/dist\/icons\/[^/]+\.svelte$/;
const DATA = /const iconData = (\{.*\});/;

/** A Vite plugin. What it cannot read, it refuses: a new release of Lucide must not quietly become slow. */
export function staticIcons() {
  return {
    name: 'static-icons',
    enforce: /** @type {const} */ ('pre'),
    /** @param {string} code @param {string} id */
    transform(code, id) {
      return ICON.test(id) ? { code: staticIcon(code, id), map: null } : null;
    },
  };
}

/**
 * The same icon without Lucide's component. Icons here are always decoration: the words stand beside them.
 *
 * @param {string} code @param {string} id
 */
export function staticIcon(code, id) {
  const data = DATA.exec(code)?.[1];
  if (!data) throw new Error(`No icon was found in ${id}.`);
  /** @type {{ size: number, node: [string, Record<string, string>][] }} */
  const { size, node } = JSON.parse(data);
  const shapes = node.map(([tag, attributes]) => `<${tag}${Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`).join('')} />`);
  return `<script>
  let { size = ${size}, strokeWidth = 2, class: own } = $props();
</script>

<svg class={own} width={size} height={size} viewBox="0 0 ${size} ${size}" fill="none" stroke="currentColor" stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes.join('')}</svg>
`;
}
