// Where a floating panel goes: beside its anchor, flipped when there is no room, never past the window's edge.

export type Side = 'top' | 'bottom' | 'left' | 'right';
export type Align = 'start' | 'center' | 'end';
export type Box = { left: number; top: number; width: number; height: number };
export type Size = { width: number; height: number };
export type Preference = { side: Side; align: Align; gap: number; rtl: boolean };

/** Room kept free along the window's edge, in CSS pixels. */
const MARGIN = 8;
const OPPOSITE: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

function clamp(value: number, size: number, room: number): number {
  return Math.max(MARGIN, Math.min(value, room - size - MARGIN));
}

/** Top left corner of a panel of the given size, in CSS pixels from the window's top left. `left` and `right` mirror when `rtl`. */
export function place(anchor: Box, panel: Size, room: Size, { side, align, gap, rtl }: Preference): { left: number; top: number; side: Side } {
  const free: Record<Side, number> = {
    top: anchor.top - gap - MARGIN,
    bottom: room.height - anchor.top - anchor.height - gap - MARGIN,
    left: anchor.left - gap - MARGIN,
    right: room.width - anchor.left - anchor.width - gap - MARGIN,
  };
  const wanted = rtl && (side === 'left' || side === 'right') ? OPPOSITE[side] : side;
  const upright = wanted === 'top' || wanted === 'bottom';
  const needed = upright ? panel.height : panel.width;
  const final = free[wanted] < needed && free[OPPOSITE[wanted]] > free[wanted] ? OPPOSITE[wanted] : wanted;
  const along = (start: number, length: number, size: number, mirrored: boolean): number => {
    if (align === 'center') return start + (length - size) / 2;
    return (align === 'start') !== mirrored ? start : start + length - size;
  };
  const left = upright
    ? along(anchor.left, anchor.width, panel.width, rtl)
    : final === 'left' ? anchor.left - gap - panel.width : anchor.left + anchor.width + gap;
  const top = !upright
    ? along(anchor.top, anchor.height, panel.height, false)
    : final === 'top' ? anchor.top - gap - panel.height : anchor.top + anchor.height + gap;
  return { left: clamp(left, panel.width, room.width), top: clamp(top, panel.height, room.height), side: final };
}
