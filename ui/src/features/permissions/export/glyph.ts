// What a picture has besides the glyphs of its cells: the hatch behind "never", and the samples of its legend.
import type { Half } from '../../../backend/bindings.gen';
import type { Mark } from './drawing';
import type { SheetCell } from './sheet';

/** A hatch over a rectangle, in line with the hatch of the cells around it. */
export function hatch(x: number, y: number, width: number, height: number): Mark {
  const STEP = 8;
  const at: [number, number, number, number][] = [];
  for (let sum = Math.ceil((x + y) / STEP) * STEP; sum < x + width + y + height; sum += STEP) {
    // Points with x + y = sum, inside the rectangle.
    const from = Math.max(x, sum - (y + height));
    const to = Math.min(x + width, sum - y);
    if (to > from) at.push([from, sum - from, to, sum - to]);
  }
  return { mark: 'strokes', at, line: 'rule', weight: 0.75 };
}

/** One glyph per level, for a legend. */
export const SAMPLES: Record<SheetCell['level'], [Half, Half]> = {
  manage: ['yes', 'yes'], limited: ['yes', 'part'], view: ['yes', 'no'], none: ['no', 'no'], never: ['never', 'never'], unclear: ['unknown', 'unknown'], disputed: ['disputed', 'disputed'],
};
