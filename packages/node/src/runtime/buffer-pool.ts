import { Buffer } from "node:buffer";
import { Copies } from "./copies.js";
import { isBytes } from "./is-bytes.js";

/** Free bytes before a payload, for the headers of its envelope. */
export const HEADROOM = 512;
/** The most bytes that released buffers may have together. */
const MAX_FREE_BYTES = 4 * 1024 * 1024;
/** Larger buffers are rare and do not return to the pool. */
const MAX_POOLED_BYTES = 2 * 1024 * 1024;

/** Two views of one buffer: `Buffer` writes text, and copies into a plain array are faster. */
export interface PooledBuffer {
  readonly bytes: Uint8Array;
  readonly texts: Buffer;
  /** The parts of its text that repeat earlier bytes of it. */
  copies: Copies;
  /** The payload that was written into it, as long as somebody else uses that. */
  lentAs?: Uint8Array | undefined;
}

/**
 * Buffers to use again: the system provides new memory page by page, and each page costs more than
 * writing its content (docs/decisions/0014).
 */
const free: PooledBuffer[] = [];
let freeBytes = 0;
/** Marks a payload with its buffer. A `WeakMap` would retain both until the next full garbage collection. */
const BUFFER: unique symbol = Symbol("buffer");

interface Payload extends Uint8Array {
  [BUFFER]?: PooledBuffer;
}

/** Takes a buffer of at least `size` bytes, and at most about twice as many. */
export function borrow(size: number): PooledBuffer {
  const at = free.findIndex(({ bytes }) => bytes.length >= size && bytes.length <= size * 2);
  if (at < 0) return allocate(size);
  const [found] = free.splice(at, 1) as [PooledBuffer];
  freeBytes -= found.bytes.length;
  found.copies.clear();
  return found;
}

/** Rounds sizes up by an eighth to a quarter, so that batches of similar size share buffers. */
function allocate(size: number): PooledBuffer {
  const step = 2 ** Math.max(10, Math.floor(Math.log2(size)) - 2);
  // Not out of the pool that `Buffer` shares.
  const texts = Buffer.allocUnsafeSlow(Math.ceil(size / step) * step);
  return { texts, bytes: new Uint8Array(texts.buffer), copies: new Copies() };
}

/** The bytes from {@link HEADROOM} to `end`, as a payload for others. */
export function lend(buffer: PooledBuffer, end: number): Uint8Array {
  const payload = buffer.bytes.subarray(HEADROOM, end);
  buffer.lentAs = payload;
  return mark(payload, buffer);
}

const mark = (bytes: Payload, buffer: PooledBuffer): Uint8Array =>
  Object.defineProperty(bytes, BUFFER, { value: buffer });

/**
 * A larger view of the buffer around a lent payload: `size` bytes, `before` of them in front of it.
 * `undefined` where the buffer is too small. The caller must be the only user of the payload.
 */
export function widen(payload: unknown, before: number, size: number): Uint8Array | undefined {
  if (!isBytes(payload)) return undefined;
  const buffer = (payload as Payload)[BUFFER];
  const start = payload.byteOffset - before;
  if (buffer?.lentAs !== payload || start < 0 || start + size > buffer.bytes.length)
    return undefined;
  return mark(buffer.bytes.subarray(start, start + size), buffer);
}

/** The buffer of a lent payload, or of a wider view of it. */
export const bufferOf = (bytes: Payload): PooledBuffer | undefined =>
  bytes[BUFFER]?.lentAs && bytes[BUFFER];

/**
 * Returns the buffer of a payload to the pool. Payloads that are never released, such as those of an
 * application's own transport, are left to the garbage collector.
 */
export function releasePayload(bytes: Payload): void {
  const buffer = bytes[BUFFER];
  if (!buffer?.lentAs) return;
  buffer.lentAs = undefined;
  release(buffer);
}

/** Returns a buffer to the pool, unless it is too large or the pool is full. */
export function release(buffer: PooledBuffer): void {
  const { length } = buffer.bytes;
  if (length > MAX_POOLED_BYTES || freeBytes + length > MAX_FREE_BYTES) return;
  free.push(buffer);
  freeBytes += length;
}
