// A list that begins short and is unfolded by hand, a bounded piece at a time: two hundred answers never stand in the page
// because somebody asked for a few more.

/** Most rows that one press adds. */
const PIECE = 40;

export class Unfolding {
  shown = $state(0);
  readonly #few: number;

  constructor(few: number) {
    this.#few = few;
    this.shown = few;
  }

  fold(): void {
    this.shown = this.#few;
  }

  unfold(): void {
    this.shown += PIECE;
  }

  /** Rows not shown yet. */
  left(total: number): number {
    return Math.max(0, total - this.shown);
  }

  /** Rows the next press adds. */
  next(total: number): number {
    return Math.min(PIECE, this.left(total));
  }
}
