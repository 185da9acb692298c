import type { BitWriter } from "./bit-writer.js";
import { byteCodes, distanceCodes, lengthCodes, MAX_MATCH, MIN_MATCH } from "./codes.js";

/** Writes a text as DEFLATE reads it: bytes, and copies of bytes that came before. */
export class TokenWriter {
  constructor(
    readonly text: Uint8Array,
    private readonly out: BitWriter,
  ) {}

  /** Writes a part of the text as it is. */
  bytes(from: number, to: number): void {
    this.out.codesOf(this.text, from, to, byteCodes);
  }

  /** Writes a copy of at least {@link MIN_MATCH} bytes, in as many matches as it takes. */
  copy(length: number, distance: number): void {
    let rest = length;
    for (; rest >= MAX_MATCH + MIN_MATCH; rest -= MAX_MATCH) this.match(MAX_MATCH, distance);
    // A match that leaves one or two bytes would leave too few for another one.
    if (rest > MAX_MATCH) {
      this.match(rest - MIN_MATCH, distance);
      rest = MIN_MATCH;
    }
    this.match(rest, distance);
  }

  private match(length: number, distance: number): void {
    const { out } = this;
    out.code(lengthCodes[length] as number);
    // By RFC 1951, section 3.2.5: symbols go by the highest two bits, and the other bits follow.
    const offset = distance - 1;
    const extraBits = Math.max(0, 30 - Math.clz32(offset));
    out.code(distanceCodes[2 * extraBits + (offset >> extraBits)] as number);
    out.put(offset & ((1 << extraBits) - 1), extraBits);
  }
}
