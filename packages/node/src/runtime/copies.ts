/** The longest distance that DEFLATE can copy from, in bytes. */
export const MAX_DISTANCE: number = 32 * 1024;

/** How many numbers describe one copy: where it starts, where it ends, and how far back its bytes are. */
const NUMBERS = 3;

/**
 * The parts of a text that repeat earlier bytes of it, in order. The encoder that wrote the text knows them, so
 * compression does not have to search for them.
 */
export class Copies {
  /** By copy: its start, its end, and the distance to the bytes that it repeats. */
  numbers: Int32Array = new Int32Array(NUMBERS * 512);
  /** How many of these numbers are in use. */
  size = 0;

  /** How many copies there are. */
  count(): number {
    return this.size / NUMBERS;
  }

  /** How many bytes are copies. */
  bytes(): number {
    let bytes = 0;
    for (let i = 0; i < this.size; i += NUMBERS)
      bytes += (this.numbers[i + 1] as number) - (this.numbers[i] as number);
    return bytes;
  }

  /** Adds a copy behind the others. One that goes on where the last one ends becomes a part of it. */
  add(start: number, length: number, distance: number): void {
    const { numbers, size } = this;
    if (size > 0 && numbers[size - 2] === start && numbers[size - 1] === distance) {
      numbers[size - 2] = start + length;
      return;
    }
    if (size === numbers.length) this.grow();
    this.numbers[size] = start;
    this.numbers[size + 1] = start + length;
    this.numbers[size + 2] = distance;
    this.size += NUMBERS;
  }

  clear(): void {
    this.size = 0;
  }

  /** Removes what is known about the bytes from a position on. */
  rewind(to: number): void {
    const { numbers } = this;
    while (this.size > 0 && (numbers[this.size - NUMBERS] as number) >= to) this.size -= NUMBERS;
    if (this.size > 0 && (numbers[this.size - 2] as number) > to) numbers[this.size - 2] = to;
  }

  private grow(): void {
    const larger = new Int32Array(this.numbers.length * 2);
    larger.set(this.numbers);
    this.numbers = larger;
  }
}
