// A drawing as a list of marks, and the two ways to put it down: SVG text, and pixels of a canvas. Both read the same list, so
// that a saved PNG is the saved SVG. No image is ever loaded for it and no address is made: the shipped policy allows neither.

import type { Shape } from '../../../primitives/glyph';

/** The light theme's colours, as `tokens.css` has them: a picture ends up in documents, on white. */
export const LIGHT = {
  paper: '#ffffff',
  text: '#1c1c1f',
  quiet: '#55555d',
  line: '#e3e3e8',
  rule: '#d3d3da',
  level: '#0a5fdb',
  empty: '#86868f',
  hatch: '#b9b9c2',
  warn: '#8a5000',
  warnPaper: '#fff4df',
  team: '#5146bd',
  individual: '#0b7264',
} as const;
export type Ink = keyof typeof LIGHT;

/** One line of text on its baseline; `x` is its start, middle or end as `anchor` says. */
export type Text = { mark: 'text'; x: number; y: number; text: string; size: number; bold: boolean; ink: Ink; anchor: 'start' | 'middle' | 'end' };
export type Mark = Shape<Ink> | Text;
/** Width and height in CSS pixels. */
export type Drawing = { width: number; height: number; title: string; marks: Mark[] };
/** Width of a text in CSS pixels. */
export type Measure = (text: string, size: number, bold: boolean) => number;

const FONT = "-apple-system, BlinkMacSystemFont, 'SF Pro Text', 'Segoe UI Variable Text', 'Segoe UI', Inter, system-ui, sans-serif";
/** Larger canvases are refused by web views, or come out empty: sides and area in pixels. */
const LONGEST = 16_000;
const LARGEST = 120_000_000;

/** Text of an XML document: what is not allowed in one at all, such as half a surrogate pair, becomes U+FFFD. */
export function xml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const round = (value: number) => String(Math.round(value * 100) / 100);

function element(mark: Mark): string {
  switch (mark.mark) {
    case 'box': {
      const fill = mark.fill === null ? 'fill="none"' : `fill="${LIGHT[mark.fill]}"${mark.tint < 1 ? ` fill-opacity="${mark.tint}"` : ''}`;
      const line = mark.line === null ? '' : ` stroke="${LIGHT[mark.line]}" stroke-width="${mark.weight}"${mark.dashed ? ' stroke-dasharray="2.4 1.8"' : ''}`;
      return `<rect x="${round(mark.x)}" y="${round(mark.y)}" width="${round(mark.width)}" height="${round(mark.height)}" rx="${mark.radius}" ${fill}${line}/>`;
    }
    case 'strokes':
      return `<path d="${mark.at.map(([x1, y1, x2, y2]) => `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`).join('')}" fill="none" stroke="${LIGHT[mark.line]}" stroke-width="${mark.weight}"/>`;
    case 'corner':
      return `<path d="M${mark.points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z" fill="${LIGHT[mark.fill]}" fill-opacity="${mark.tint}"/>`;
    case 'text':
      return `<text x="${round(mark.x)}" y="${round(mark.y)}" font-size="${mark.size}"${mark.bold ? ' font-weight="600"' : ''} fill="${LIGHT[mark.ink]}"${mark.anchor === 'start' ? '' : ` text-anchor="${mark.anchor}"`}>${xml(mark.text)}</text>`;
  }
}

/** The drawing as an SVG document of its own: no script, no style sheet, no reference to anything outside. */
export function toSvg({ width, height, title, marks }: Drawing): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" role="img" font-family="${xml(FONT)}">`,
    `<title>${xml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${LIGHT.paper}"/>`,
    ...marks.map(element),
    '</svg>\n',
  ].join('\n');
}

function put(context: CanvasRenderingContext2D, mark: Mark): void {
  context.beginPath();
  switch (mark.mark) {
    case 'box':
      context.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius);
      if (mark.fill !== null) {
        context.globalAlpha = mark.tint;
        context.fillStyle = LIGHT[mark.fill];
        context.fill();
        context.globalAlpha = 1;
      }
      if (mark.line !== null) {
        context.strokeStyle = LIGHT[mark.line];
        context.lineWidth = mark.weight;
        context.setLineDash(mark.dashed ? [2.4, 1.8] : []);
        context.stroke();
      }
      return;
    case 'strokes':
      for (const [x1, y1, x2, y2] of mark.at) {
        context.moveTo(x1, y1);
        context.lineTo(x2, y2);
      }
      context.strokeStyle = LIGHT[mark.line];
      context.lineWidth = mark.weight;
      context.setLineDash([]);
      context.stroke();
      return;
    case 'corner':
      for (const [x, y] of mark.points) context.lineTo(x, y);
      context.globalAlpha = mark.tint;
      context.fillStyle = LIGHT[mark.fill];
      context.fill();
      context.globalAlpha = 1;
      return;
    case 'text':
      context.font = fontOf(mark.size, mark.bold);
      context.textAlign = mark.anchor === 'middle' ? 'center' : mark.anchor === 'start' ? 'left' : 'right';
      context.fillStyle = LIGHT[mark.ink];
      context.fillText(mark.text, mark.x, mark.y);
  }
}

function fontOf(size: number, bold: boolean): string {
  return `${bold ? 600 : 400} ${size}px ${FONT}`;
}

/** Pixels per CSS pixel that a canvas of this size can have: `wanted`, or less where it would grow too large. */
export function scaleFor({ width, height }: Pick<Drawing, 'width' | 'height'>, wanted: number): number {
  return Math.min(wanted, LONGEST / Math.max(width, height), Math.sqrt(LARGEST / (width * height)));
}

/** The drawing as a PNG file, Base64. */
export function toPng(drawing: Drawing, wanted: number): string {
  const scale = scaleFor(drawing, wanted);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(drawing.width * scale);
  canvas.height = Math.ceil(drawing.height * scale);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('this web view has no canvas');
  context.scale(scale, scale);
  context.direction = 'ltr';
  context.fillStyle = LIGHT.paper;
  context.fillRect(0, 0, drawing.width, drawing.height);
  for (const mark of drawing.marks) put(context, mark);
  const address = canvas.toDataURL('image/png');
  return address.slice(address.indexOf(',') + 1);
}

/** Measures with the fonts of this machine; without a canvas, by the width of an average letter. */
export function measure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text, size, bold) => [...text].length * size * (bold ? 0.6 : 0.56);
  return (text, size, bold) => {
    context.font = fontOf(size, bold);
    return context.measureText(text).width;
  };
}
