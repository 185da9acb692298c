import { Buffer } from "node:buffer";
import { isBytes } from "./is-bytes.js";

/** Room before a payload for what an envelope begins with. */
export const HEADROOM = 512;
/** What is given back and waits to be used again, in all. */
const MAX_FREE_BYTES = 2 * 1024 * 1024;
/** A buffer above this served an exception and is not kept. */
const MAX_KEPT_BYTES = 1024 * 1024;

/** One piece of memory, twice: `Buffer` writes texts, and copies into a plain array are faster. */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly texts: Buffer;
  /** The payload that was written into it, while that is somebody else's. */
  lentAs?: Uint8Array | undefined;
}

/**
 * Memory that was used before: the system hands out new memory page by page, and each page costs more
 * than writing what stands on it (docs/decisions/0014).
 */
const free: Memory[] = [];
let freeBytes = 0;
/** On a payload: what it stands in. A `WeakMap` would keep it all until the next large collection. */
const MEMORY: unique symbol = Symbol("memory");

interface Lent extends Uint8Array {
  [MEMORY]?: Memory;
}

/** Memory of at least this size, and at most about twice of it. */
export function borrow(size: number): Memory {
  const at = free.findIndex(({ bytes }) => bytes.length >= size && bytes.length <= size * 2);
  if (at < 0) return allocate(size);
  const [found] = free.splice(at, 1) as [Memory];
  freeBytes -= found.bytes.length;
  return found;
}

/** In steps of an eighth to a quarter, so that batches of about the same size find each other's. */
function allocate(size: number): Memory {
  const step = 2 ** Math.max(10, Math.floor(Math.log2(size)) - 2);
  // Not out of the pool that `Buffer` shares.
  const texts = Buffer.allocUnsafeSlow(Math.ceil(size / step) * step);
  return { texts, bytes: new Uint8Array(texts.buffer) };
}

/** What was written from {@link HEADROOM} to there, as a payload for others. */
export function lend(memory: Memory, end: number): Uint8Array {
  const payload = memory.bytes.subarray(HEADROOM, end);
  memory.lentAs = payload;
  return mark(payload, memory);
}

const mark = (bytes: Lent, memory: Memory): Uint8Array =>
  Object.defineProperty(bytes, MEMORY, { value: memory });

/**
 * More of the memory around a payload that was lent, for whoever is the only one to have it: `size`
 * bytes, of which `before` stand before it. `undefined` where there is not so much.
 */
export function widen(payload: unknown, before: number, size: number): Uint8Array | undefined {
  if (!isBytes(payload)) return undefined;
  const memory = (payload as Lent)[MEMORY];
  const start = payload.byteOffset - before;
  if (memory?.lentAs !== payload || start < 0 || start + size > memory.bytes.length)
    return undefined;
  return mark(memory.bytes.subarray(start, start + size), memory);
}

/**
 * Says that nobody reads these bytes any more. What is never given back, such as what a transport of
 * the application's got, is left to the garbage collector.
 */
export function giveBack(bytes: Lent): void {
  const memory = bytes[MEMORY];
  if (!memory?.lentAs) return;
  memory.lentAs = undefined;
  keep(memory);
}

export function keep(memory: Memory): void {
  const { length } = memory.bytes;
  if (length > MAX_KEPT_BYTES || freeBytes + length > MAX_FREE_BYTES) return;
  free.push(memory);
  freeBytes += length;
}
