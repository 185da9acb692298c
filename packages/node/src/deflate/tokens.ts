import type { BitWriter } from "./bit-writer.js";
import { codeTables, MAX_MATCH, MIN_MATCH } from "./codes.js";

/** Writes a text as DEFLATE reads it: bytes, and copies of bytes that came before. */
export class TokenWriter {
  private readonly codes = codeTables();

  constructor(
    readonly text: Uint8Array,
    private readonly out: BitWriter,
  ) {}

  /** Writes a part of the text as it is. */
  bytes(from: number, to: number): void {
    this.out.codesOf(this.text, from, to, this.codes.bytes);
  }

  /** Ends the text. */
  end(): void {
    this.out.code(this.codes.endOfBlock);
  }

  /** Writes a copy of at least {@link MIN_MATCH} bytes, in as many matches as it takes. */
  copy(length: number, distance: number): void {
    const { out, codes } = this;
    // By RFC 1951, section 3.2.5: symbols go by the highest two bits, and the other bits follow.
    const offset = distance - 1;
    const extraBits = Math.max(0, 30 - Math.clz32(offset));
    const code = codes.distances[2 * extraBits + (offset >> extraBits)] as number;
    const extra = offset & ((1 << extraBits) - 1);
    for (let rest = length; rest > 0;) {
      const match = lengthOfMatch(rest);
      out.code(codes.lengths[match] as number);
      out.code(code);
      out.put(extra, extraBits);
      rest -= match;
    }
  }
}

/** The next match of so many bytes: none may leave one or two bytes, which are too few for another one. */
function lengthOfMatch(rest: number): number {
  if (rest <= MAX_MATCH) return rest;
  return rest < MAX_MATCH + MIN_MATCH ? rest - MIN_MATCH : MAX_MATCH;
}
