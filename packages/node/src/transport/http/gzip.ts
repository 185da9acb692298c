import { builtin } from "../../runtime/builtin.js";
import { inNewTurn } from "../../runtime/timers.js";

/** Smaller bodies are sent as they are: gzip would save less than a network packet. 1 KiB. */
export const GZIP_FROM_BYTES = 1024;

/**
 * The level of compression. For a metric with 3 attributes it takes 0.5 us instead of zlib's usual 1.5 us,
 * which is more than everything else that happens to the metric, and results in 21 instead of 15 bytes
 * (batches of 100).
 */
const OPTIONS = { level: 3 };

/**
 * Larger bodies are compressed in node's thread pool. Starting that takes the main thread about as long as
 * compressing a body of this size, and costs the process two to four times as much in all
 * (docs/decisions/0022). 128 KiB.
 */
const POOL_FROM_BYTES = 128 * 1024;

/** Compresses a body with gzip. */
export type Gzip = (body: Uint8Array) => Promise<Uint8Array>;

/** Compresses any body, by zlib. */
export async function gzip(body: Uint8Array): Promise<Uint8Array> {
  await laterTurn();
  return gzipByZlib(body);
}

/**
 * Bodies are compressed in a later turn of the event loop: the current one has just encoded them, and a process that
 * ends in this turn sends them in another way. After a second turn the end of a connection that the server has just
 * closed is known, and the body does not go into it to be read without an answer.
 */
export function laterTurn(): Promise<void> {
  return new Promise((resolve) => inNewTurn(() => inNewTurn(resolve)));
}

/** Compresses a body now, or in the thread pool if it is large. */
export async function gzipByZlib(body: Uint8Array): Promise<Uint8Array> {
  const zlib = builtin("node:zlib");
  if (body.length < POOL_FROM_BYTES) return zlib.gzipSync(body, OPTIONS);
  return new Promise((resolve, reject) => {
    zlib.gzip(body, OPTIONS, (error, compressed) => (error ? reject(error) : resolve(compressed)));
  });
}
