// Which control numbers were used before, in little memory.
//
// Senders number upwards by one, so one run of numbers says it all, whether a group has ten transactions or ten million.
// Numbers out of the run are kept one by one, up to a bound; past it repetitions of those are no longer noticed.
const KEPT_ONE_BY_ONE = 10_000;

export class SeenNumbers {
  #first = -1;
  #last = -2;
  readonly #others = new Set<string>();

  /** Notes a control number and tells whether it was noted before. `value` is -1 where it is no number but `text`. */
  repeated(value: number, text: string): boolean {
    if (value >= 0) {
      if (value >= this.#first && value <= this.#last) return true;
      if (this.#first < 0) {
        this.#first = this.#last = value;
        return false;
      }
      if (value === this.#last + 1 && (this.#others.size === 0 || !this.#others.has(String(value)))) {
        this.#last = value;
        return false;
      }
    }
    const key = value >= 0 ? String(value) : text;
    if (this.#others.has(key)) return true;
    if (this.#others.size < KEPT_ONE_BY_ONE) this.#others.add(key);
    return false;
  }
}
