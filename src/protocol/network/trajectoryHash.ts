// A hash over all events of a run, so that two runs can be compared by 16 digits: two lanes of 32 bits, each
// word mixed in by an exclusive or, a product with an odd constant and a rotation (the mixing step of
// MurmurHash3). It finds differences. It does not protect against deliberate collisions. Source: Appleby,
// MurmurHash3 (2011), constants of its 32-bit variant.

const real = new Float64Array(1);
const words = new Int32Array(real.buffer);

export class TrajectoryHash {
  #a = 0x243f6a88;
  #b = 0x13198a2e;

  /** One event: when, where, from whom, what. */
  add(time: number, node: number, from: number, message: number): void {
    real[0] = time;
    this.#mix(words[0], words[1]);
    this.#mix(node, from);
    real[0] = message;
    this.#mix(words[0], words[1]);
  }

  #mix(x: number, y: number): void {
    const a = Math.imul(this.#a ^ x, 0xcc9e2d51);
    const b = Math.imul(this.#b ^ y, 0x1b873593);
    this.#a = (((a << 13) | (a >>> 19)) + b) | 0;
    this.#b = ((b << 15) | (b >>> 17)) ^ a;
  }

  get digest(): string {
    return [this.#a, this.#b].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
