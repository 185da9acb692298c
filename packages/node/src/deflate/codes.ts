import type { BitWriter } from "./bit-writer.js";

/** The symbol that ends a block. */
const END_OF_BLOCK = 256;
/** The symbol of the shortest match. */
const FIRST_LENGTH = 257;
/** The shortest match and the longest one, in bytes. */
export const MIN_MATCH = 3;
export const MAX_MATCH = 258;

// The lengths of all codes, in bits. Codes made for each body would save about a tenth of its bytes, and take as long
// as all the rest. These come from bodies of metrics: new are digits, hexadecimal ids, and some text of JSON.
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

const symbolBits = [
  ...Array.from({ length: END_OF_BLOCK }, (_, byte) => bitsOfByte(byte)),
  END_BITS,
  ...BITS_OF_LENGTHS,
];
const symbols = codesOf(symbolBits);

/** The codes of bytes, by byte. */
export const byteCodes: Codes = symbols.subarray(0, END_OF_BLOCK);
/** The code that ends a block. */
export const endCode: number = symbols[END_OF_BLOCK] as number;
/** The codes of distances, by symbol. */
export const distanceCodes: Codes = codesOf(BITS_OF_DISTANCES);
/** The codes of matches by length, with the bits that follow them: RFC 1951, section 3.2.5. */
export const lengthCodes: Codes = new Int32Array(MAX_MATCH + 1);

for (let symbol = FIRST_LENGTH, length = MIN_MATCH; length < MAX_MATCH; symbol++) {
  const extraBits = Math.max(0, (symbol - 261) >> 2);
  const code = symbols[symbol] as number;
  for (let extra = 0; extra < 1 << extraBits; extra++)
    lengthCodes[length++] = (code + (extraBits << 16)) | (extra << (code >>> 16));
}
lengthCodes[MAX_MATCH] = symbols[symbols.length - 1] as number;

/** The order of the lengths of the codes for code lengths; those of repetitions, which are not used, come first. */
const LENGTHS_OF_CODE_LENGTHS = [0, 0, 0, ...Array.from({ length: 16 }, () => 4)];
const codesOfCodeLengths = codesOf(LENGTHS_OF_CODE_LENGTHS.slice(3));

/** Begins the last block of a body: its type and all lengths of codes (RFC 1951, section 3.2.7). */
export function writeBlockStart(out: BitWriter): void {
  out.put(0b101, 3);
  out.put(symbolBits.length - FIRST_LENGTH, 5);
  out.put(BITS_OF_DISTANCES.length - 1, 5);
  out.put(LENGTHS_OF_CODE_LENGTHS.length - 4, 4);
  for (const bits of LENGTHS_OF_CODE_LENGTHS) out.put(bits, 3);
  for (const bits of symbolBits) out.code(codesOfCodeLengths[bits] as number);
  for (const bits of BITS_OF_DISTANCES) out.code(codesOfCodeLengths[bits] as number);
}
