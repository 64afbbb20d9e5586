// The squares of an app strip as path data: one per app, filled or hollow, in the same order everywhere.

/** Squares at most; beyond, a bar. */
export const SQUARES = 12;
export const SQUARE = { size: 9, gap: 3 };

const square = (x: number, y: number, size: number) => `M${x} ${y}h${size}v${size}h${-size}z`;

/** The filled squares, and the hollow ones outlined on the inside. */
export function squares(visible: boolean[]): { filled: string; hollow: string } {
  let filled = '';
  let hollow = '';
  visible.forEach((is, at) => {
    const x = at * (SQUARE.size + SQUARE.gap);
    if (is) filled += square(x, 0, SQUARE.size);
    else hollow += square(x + 0.5, 0.5, SQUARE.size - 1);
  });
  return { filled, hollow };
}

export function stripWidth(count: number): number {
  return Math.max(0, count * (SQUARE.size + SQUARE.gap) - SQUARE.gap);
}
