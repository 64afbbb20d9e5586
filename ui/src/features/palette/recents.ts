// What was chosen lately, newest first. Kept in memory only: which key somebody looks at is nobody else's business.
const KEPT = 8;

export class Recents {
  #ids: string[] = [];

  get ids(): readonly string[] {
    return this.#ids;
  }
  note(id: string): void {
    this.#ids = [id, ...this.#ids.filter((other) => other !== id)].slice(0, KEPT);
  }
  clear(): void {
    this.#ids = [];
  }
}
