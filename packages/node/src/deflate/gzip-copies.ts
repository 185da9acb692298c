import { borrow, HEADROOM, lend } from "../runtime/buffer-pool.js";
import type { PooledBuffer } from "../runtime/buffer-pool.js";
import type { Copies } from "../runtime/copies.js";
import { BitWriter } from "./bit-writer.js";
import { writeBlockStart } from "./codes.js";
import { writeUnknown } from "./search.js";
import { TokenWriter } from "./tokens.js";

/** Shorter copies take as many bits as their bytes. */
const MIN_COPY = 6;
/** A text of which a larger part is new is left to zlib. */
const MAX_NEW = 1 / 6;
/** The start of a gzip file without a name, a time and a system (RFC 1952). */
const GZIP_START = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/** Whether so much of a text consists of known copies that {@link gzipCopies} compresses it about as far as zlib does. */
export const isMostlyCopies = (copies: Copies, size: number): boolean =>
  size - copies.bytes() <= size * MAX_NEW;

/**
 * Compresses a part of a buffer by the copies that its writer knows. It searches for others only in the rest. `crc32`
 * is that of zlib. The result is in a pooled buffer, until its caller releases it.
 */
export function gzipCopies(
  { bytes, copies }: PooledBuffer,
  start: number,
  end: number,
  crc32: (text: Uint8Array) => number,
): Uint8Array {
  const size = end - start;
  const room = borrow(maxSize(size, copies));
  const out = new BitWriter(room.bytes, HEADROOM);
  for (const byte of GZIP_START) out.put(byte, 8);
  writeBlockStart(out);
  writeTokens(new TokenWriter(bytes, out), start, end, copies);
  out.align();
  out.uint32(crc32(bytes.subarray(start, end)));
  out.uint32(size);
  return lend(room, out.at);
}

/** A byte takes at most 14 bits, a match at most 39, and a copy a match for each 258 bytes and two more. */
const maxSize = (size: number, copies: Copies): number =>
  HEADROOM + 256 + (size - copies.bytes()) * 2 + copies.count() * 10 + Math.ceil(size / 50);

function writeTokens(tokens: TokenWriter, start: number, end: number, copies: Copies): void {
  const { numbers, size } = copies;
  let written = start;
  for (let i = 0; i < size; i += 3) {
    const from = numbers[i] as number;
    const to = numbers[i + 1] as number;
    if (to - from < MIN_COPY) continue;
    writeUnknown(tokens, start, written, from);
    tokens.copy(to - from, numbers[i + 2] as number);
    written = to;
  }
  writeUnknown(tokens, start, written, end);
  tokens.end();
}
