import type { BitWriter } from "./bit-writer.js";

/** The symbol that ends a block. */
const END_OF_BLOCK = 256;
/** The symbol of the shortest match. */
const FIRST_LENGTH = 257;
const LAST_LENGTH = 285;
/** The shortest match and the longest one, in bytes. */
export const MIN_MATCH = 3;
export const MAX_MATCH = 258;

// The lengths of all codes, in bits. Codes of each body's own would save bytes, and read it twice. These come from
// bodies of metrics, whose new parts are digits, hexadecimal ids, and some text of JSON.
const PRINTABLE_BITS = 12;
const OTHER_BITS = 14;
const END_BITS = 11;
const BITS_OF_CHARACTERS: readonly (readonly [bits: number, characters: string])[] = [
  [4, "01234567"],
  [5, '89."'],
  [6, "abcdef"],
  [7, "r"],
  [8, "-:inostu"],
  [9, ",/ghjklmpqvwy}"],
  [10, "T_xz{"],
];
const BITS_OF_LENGTHS = [
  10, 8, 10, 10, 10, 9, 9, 9, 7, 9, 9, 8, 9, 8, 8, 8, 6, 6, 6, 7, 6, 7, 8, 8, 7, 9, 6, 9, 5,
];
const BITS_OF_DISTANCES = [
  11, 11, 11, 11, 11, 11, 11, 11, 9, 9, 7, 7, 7, 7, 6, 7, 4, 4, 2, 4, 4, 4, 4, 4, 4, 5, 5, 4, 5, 5,
];

/** How many code lengths are not used: those of repetitions, which come first. */
const UNUSED = 3;
/** The bits of the codes that the lengths of codes are written with. */
const CODE_LENGTH_BITS = 4;
const CODE_LENGTHS = 2 ** CODE_LENGTH_BITS;

/** The bits of a code as they are written, and how many these are in the upper half. */
type Codes = Int32Array;

/** Makes the codes with these lengths, as RFC 1951, section 3.2.2, counts them up. */
function codesOf(lengths: readonly number[]): Codes {
  const codes = new Int32Array(lengths.length);
  let code = 0;
  for (let bits = 1; bits < 16; bits++) {
    for (const [symbol, length] of lengths.entries())
      if (length === bits) codes[symbol] = reverse(code++, bits) | (bits << 16);
    code <<= 1;
  }
  return codes;
}

/** A code is written with its highest bit first, unlike everything else. */
function reverse(code: number, bits: number): number {
  let reversed = 0;
  for (let bit = 0; bit < bits; bit++) reversed |= ((code >> bit) & 1) << (bits - 1 - bit);
  return reversed;
}

function bitsOfByte(byte: number): number {
  const character = String.fromCharCode(byte);
  const found = BITS_OF_CHARACTERS.find(([, characters]) => characters.includes(character));
  return found?.[0] ?? (/[\n -~]/.test(character) ? PRINTABLE_BITS : OTHER_BITS);
}

/** The codes of a body. */
export interface CodeTables {
  /** By byte. */
  readonly bytes: Codes;
  /** By length of a match, with the bits that follow the code: RFC 1951, section 3.2.5. */
  readonly lengths: Codes;
  /** By symbol of a distance. */
  readonly distances: Codes;
  readonly endOfBlock: number;
  /** The lengths of all codes, as they are written at the start of a block. */
  readonly codeLengths: readonly number[];
}

let made: CodeTables | undefined;

/** The codes of every body, made at their first use. */
export const codeTables = (): CodeTables => (made ??= makeTables());

function makeTables(): CodeTables {
  const bitsOfBytes = Array.from({ length: END_OF_BLOCK }, (_, byte) => bitsOfByte(byte));
  const bits = [...bitsOfBytes, END_BITS, ...BITS_OF_LENGTHS];
  const symbols = codesOf(bits);
  const lengths = new Int32Array(MAX_MATCH + 1);
  for (let symbol = FIRST_LENGTH, length = MIN_MATCH; length < MAX_MATCH; symbol++) {
    const code = symbols[symbol] as number;
    const extraBits = Math.max(0, (symbol - 261) >> 2);
    for (let extra = 0; extra < 1 << extraBits; extra++)
      lengths[length++] = (code + (extraBits << 16)) | (extra << (code >>> 16));
  }
  lengths[MAX_MATCH] = symbols[LAST_LENGTH] as number;
  return {
    bytes: symbols.subarray(0, END_OF_BLOCK),
    lengths,
    distances: codesOf(BITS_OF_DISTANCES),
    endOfBlock: symbols[END_OF_BLOCK] as number,
    codeLengths: [...bits, ...BITS_OF_DISTANCES].map((each) => reverse(each, CODE_LENGTH_BITS)),
  };
}

/** Begins the only block of a body: its type and the lengths of all codes (RFC 1951, section 3.2.7). */
export function writeBlockStart(out: BitWriter): void {
  out.put(0b101, 3);
  out.put(LAST_LENGTH - FIRST_LENGTH + 1, 5);
  out.put(BITS_OF_DISTANCES.length - 1, 5);
  out.put(UNUSED + CODE_LENGTHS - 4, 4);
  for (let i = 0; i < UNUSED; i++) out.put(0, 3);
  for (let i = 0; i < CODE_LENGTHS; i++) out.put(CODE_LENGTH_BITS, 3);
  for (const length of codeTables().codeLengths) out.put(length, CODE_LENGTH_BITS);
}
