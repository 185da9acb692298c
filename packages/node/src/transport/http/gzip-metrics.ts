import type { crc32 as Crc32 } from "node:zlib";
import { gzipCopies, isMostlyCopies } from "../../deflate/gzip-copies.js";
import { bufferOf } from "../../runtime/buffer-pool.js";
import { builtin } from "../../runtime/builtin.js";
import { gzipByZlib, laterTurn } from "./gzip.js";

/**
 * Compresses a body of metrics. Their encoder knows what recurs, which takes half of zlib's time; zlib compresses
 * the bodies of which little recurs (docs/decisions/0035).
 */
export async function gzipMetrics(body: Uint8Array): Promise<Uint8Array> {
  await laterTurn();
  return gzipKnown(body) ?? gzipByZlib(body);
}

/** zlib makes smaller bodies a third smaller, and their request costs more than either. 32 KiB: about 60 metrics. */
const KNOWN_FROM_BYTES = 32 * 1024;

function gzipKnown(body: Uint8Array): Uint8Array | undefined {
  if (body.length < KNOWN_FROM_BYTES) return undefined;
  const buffer = bufferOf(body);
  if (!buffer || !isMostlyCopies(buffer.copies, body.length)) return undefined;
  // Runtimes other than node may have none.
  const crc32 = builtin("node:zlib").crc32 as typeof Crc32 | undefined;
  const start = body.byteOffset;
  return crc32 && gzipCopies(buffer, start, start + body.length, crc32);
}
