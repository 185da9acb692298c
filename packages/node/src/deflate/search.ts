import { MAX_DISTANCE } from "../runtime/copies.js";
import type { TokenWriter } from "./tokens.js";

/** Shorter parts, such as a value, are not worth a search. */
const MIN_SEARCHED = 12;
/** The shortest match, in bytes. */
const MIN_FOUND = 4;
/** After each so many bytes without a match the search skips one byte more. */
const PATIENCE = 4;
const SLOT_BITS = 12;
/** 2^32 divided by the golden ratio spreads numbers that follow each other. */
const SPREAD = 0x9e3779b1;

/** By the hash of four bytes, where a text had them last. Positions of earlier texts remain: each is compared. */
let slots: Int32Array | undefined;

/** Writes a part of a text that nobody knows to be a copy. Copies are searched for in such parts only. */
export function writeUnknown(tokens: TokenWriter, start: number, from: number, to: number): void {
  const { text } = tokens;
  let written = from;
  let at = from;
  let tries = PATIENCE;
  if (to - from < MIN_SEARCHED) return tokens.bytes(from, to);
  slots ??= new Int32Array(1 << SLOT_BITS);
  while (at <= to - MIN_FOUND) {
    const word = wordAt(text, at);
    const slot = Math.imul(word, SPREAD) >>> (32 - SLOT_BITS);
    const candidate = slots[slot] as number;
    slots[slot] = at;
    const isInReach = candidate >= start && candidate < at && at - candidate <= MAX_DISTANCE;
    if (isInReach && wordAt(text, candidate) === word) {
      const distance = at - candidate;
      const end = endOfMatch(text, at + MIN_FOUND, to, distance);
      tokens.bytes(written, at);
      tokens.copy(end - at, distance);
      written = at = end;
      tries = PATIENCE;
    } else at += Math.trunc(tries++ / PATIENCE);
  }
  tokens.bytes(written, to);
}

/** The four bytes from a position on, as one number. */
const wordAt = (text: Uint8Array, at: number): number =>
  (text[at] as number) |
  ((text[at + 1] as number) << 8) |
  ((text[at + 2] as number) << 16) |
  ((text[at + 3] as number) << 24);

function endOfMatch(text: Uint8Array, from: number, limit: number, distance: number): number {
  let end = from;
  while (end < limit && text[end] === text[end - distance]) end++;
  return end;
}
