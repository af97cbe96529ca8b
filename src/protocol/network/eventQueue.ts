// Pending events, in order of time and, at equal times, in the order of `push`. Near events are in a heap,
// small enough for the nearest cache. Far events are unsorted in a calendar of pages of equal length in time.
// A page goes into the heap when its time has come, so an event costs the same with a thousand pending as
// with a million. Columns of entries are reused: no event allocates memory.
// Sources: Brown, "Calendar queues", CACM 31 (1988) 1220, doi:10.1145/63039.63045; LaMarca, Ladner, "The
// influence of caches on the performance of heaps", ACM JEA 1 (1996) 4, doi:10.1145/235141.235145 (four
// children per entry).

/**
 * Columns of entries by slot. `pop` gives the slot of the first; read it before the next `push`, which may
 * reuse it.
 */
export class EventQueue {
  /** Pending events. */
  size = 0;
  /** By slot: the receiver, the sender (or a negative number for other kinds of events), and the message. */
  to = new Int32Array(FIRST);
  from = new Int32Array(FIRST);
  message = new Float64Array(FIRST);
  #due = new Float64Array(FIRST); // by slot
  #order = new Float64Array(FIRST); // by slot: how many were pushed before
  #next = Int32Array.from({ length: FIRST }, (_, slot) => slot + 1); // by slot: the next on the page, or the next that is free
  #free = 0;
  #pushed = 0;

  #near = 0; // entries in the heap
  #times = new Float64Array(FIRST); // by place in the heap
  #slots = new Int32Array(FIRST);

  #pages = new Int32Array(0); // last entry of each page, which names the one before; NONE where it is empty
  #page = 0; // the next to go into the heap
  #begin = Infinity; // of the next page: all that is due before stands in the heap
  #span = 0; // of a page
  #later = NONE; // the list of what is due after the last page
  #limit = FIRST; // pending events at which a new calendar is made

  /** Time of the first entry; infinite when there is none. */
  get time(): number {
    return this.size > 0 ? this.#times[0] : Infinity;
  }

  /** An event at Infinity never happens, and is not kept. The time must not be NaN. */
  push(time: number, to: number, from: number, message: number): void {
    if (time === Infinity) return;
    if (this.#free === this.#next.length) this.#grow();
    const slot = this.#free;
    this.#free = this.#next[slot];
    this.to[slot] = to;
    this.from[slot] = from;
    this.message[slot] = message;
    this.#due[slot] = time;
    this.#order[slot] = this.#pushed++;
    this.size++;
    this.#place(slot);
    if (this.#near === 0) this.#turn();
    if (this.size > this.#limit) this.#remake();
  }

  /** Takes the first entry out, of which there must be one. @returns its slot */
  pop(): number {
    const [times, slots, order] = [this.#times, this.#slots, this.#order];
    const first = slots[0];
    const near = --this.#near;
    const [time, slot] = [times[near], slots[near]];
    let at = 0;
    for (let child = 1; child < near; child = 4 * at + 1) {
      const end = child + 4 < near ? child + 4 : near;
      let least = child;
      for (let other = child + 1; other < end; other++) {
        if (
          times[other] < times[least] ||
          (times[other] === times[least] && order[slots[other]] < order[slots[least]])
        )
          least = other;
      }
      if (time < times[least] || (time === times[least] && order[slot] < order[slots[least]])) break;
      times[at] = times[least];
      slots[at] = slots[least];
      at = least;
    }
    times[at] = time;
    slots[at] = slot;
    this.#next[first] = this.#free;
    this.#free = first;
    this.size--;
    if (near === 0) this.#turn();
    return first;
  }

  #enter(slot: number, time: number): void {
    const [times, slots, order] = [this.#times, this.#slots, this.#order];
    let at = this.#near++;
    while (at > 0) {
      const above = (at - 1) >> 2;
      if (times[above] < time || (times[above] === time && order[slots[above]] < order[slot])) break;
      times[at] = times[above];
      slots[at] = slots[above];
      at = above;
    }
    times[at] = time;
    slots[at] = slot;
  }

  /** Pages go into the heap until it is not empty. */
  #turn(): void {
    while (this.#near === 0 && this.size > 0) {
      if (this.#page === this.#pages.length) {
        this.#remake();
        continue;
      }
      let slot = this.#pages[this.#page];
      this.#pages[this.#page++] = NONE;
      this.#begin += this.#span;
      while (slot !== NONE) {
        const next = this.#next[slot];
        this.#place(slot);
        slot = next;
      }
    }
  }

  /** Into the heap, onto its page, or into the list of what is due after the last page. */
  #place(slot: number): void {
    const time = this.#due[slot];
    if (time < this.#begin) return this.#enter(slot, time);
    const page = this.#page + Math.floor((time - this.#begin) / this.#span);
    const isLater = !(page < this.#pages.length);
    this.#next[slot] = isLater ? this.#later : this.#pages[page];
    if (isLater) this.#later = slot;
    else this.#pages[page] = slot;
  }

  /**
   * A new calendar for the pending events: some four events per page at first, and pages for four times the
   * mean wait.
   */
  #remake(): void {
    const pending = new Int32Array(this.size);
    pending.set(this.#slots.subarray(0, this.#near));
    let count = this.#near;
    const gather = (list: number): void => {
      for (let slot = list; slot !== NONE; slot = this.#next[slot]) pending[count++] = slot;
    };
    for (let page = this.#page; page < this.#pages.length; page++) gather(this.#pages[page]);
    gather(this.#later);
    let [first, sum] = [Infinity, 0];
    for (const slot of pending) first = Math.min(first, this.#due[slot]);
    for (const slot of pending) sum += this.#due[slot] - first;
    this.#span = (4 * sum) / count ** 2;
    const isSpread = count > FEW && first + this.#span > first && sum < Infinity;
    this.#pages = new Int32Array(isSpread ? count : 0).fill(NONE);
    this.#begin = isSpread ? first : Infinity;
    this.#page = this.#near = 0;
    this.#later = NONE;
    this.#limit = Math.max(FIRST, 4 * count);
    for (const slot of pending) this.#place(slot);
    if (this.#near === 0) this.#turn();
  }

  #grow(): void {
    const [old, length] = [this.#next.length, 2 * this.#next.length];
    const longer = <Column extends Int32Array | Float64Array>(column: Column): Column => {
      const next = new (column.constructor as new (length: number) => Column)(length);
      next.set(column);
      return next;
    };
    [this.to, this.from, this.#next, this.#slots] = [
      longer(this.to),
      longer(this.from),
      longer(this.#next),
      longer(this.#slots),
    ];
    [this.message, this.#due, this.#order, this.#times] = [
      longer(this.message),
      longer(this.#due),
      longer(this.#order),
      longer(this.#times),
    ];
    for (let slot = old; slot < length; slot++) this.#next[slot] = slot + 1;
  }
}

const NONE = -1;
const FIRST = 1024;
/** Up to so many pending events need no calendar. */
const FEW = 256;
