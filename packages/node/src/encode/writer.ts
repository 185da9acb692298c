import { Buffer } from "node:buffer";
import { writeDecimals, writeDigits } from "./digits.js";
import { Copies, MAX_DISTANCE } from "../runtime/copies.js";
import { borrow, HEADROOM, lend, release, type PooledBuffer } from "../runtime/buffer-pool.js";
import { CopyFinder, type Recurring } from "./recurring.js";

/** The initial buffer size, enough for an ordinary batch. */
const START_BYTES = 64 * 1024;
/** Larger buffers are not used again. */
const MAX_BYTES = 1024 * 1024;

const MINUS = 45;
const QUOTE = 34;
/** Numbers with at most three decimals and fifteen digits are written digit by digit. */
const MAX_THOUSANDTHS = 1e15;
const MAX_NUMBER_BYTES = 20;
/** Up to this length a loop in JavaScript is faster than a call of `write`. */
const MAX_LOOP_LENGTH = 48;
/** Text that JSON does not escape and UTF-8 encodes as one byte per unit. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** By unit, 1 where that does not hold. */
const ESCAPED = Uint8Array.from({ length: 128 }, (_, unit) =>
  PLAIN.test(String.fromCharCode(unit)) ? 0 : 1,
);

/** Thrown when the buffer is full. One shared error, because making a stack costs more than writing. */
export const BUFFER_FULL: Error = new Error("The buffer is full.");

/**
 * Writes JSON as bytes into a pooled buffer. Every function throws {@link BUFFER_FULL} when there is no
 * room; the caller then grows the buffer and writes the item again.
 */
export interface Writer {
  /** Starts a new payload. */
  begin(): void;
  /** The position of the next byte. */
  at(): number;
  rewind(to: number): void;
  grow(): void;
  /** The payload, with headroom before it. Its bytes change only after it is released. */
  take(): Uint8Array;
  /** A copy of the bytes from `start` on. */
  copyFrom(start: number): Uint8Array;
  /** Writes the bytes between two positions again. */
  repeat(from: number, to: number): void;
  /** Throws when there is no room for so many bytes. */
  reserve(bytes: number): void;
  bytes(piece: Uint8Array): void;
  /** Writes a text, as a copy where it was written before. */
  recurring(text: Recurring): void;
  /** Writes JSON. */
  text(json: string): void;
  /** Writes a text as JSON. */
  string(text: string): void;
  /** Writes a finite number as JSON. */
  number(value: number): void;
  /** Writes a whole number from 0 up to 2^53. */
  whole(value: number): void;
  /** Writes 0 to 999 thousandths as decimals: nothing, `.5`, `.25` or `.125`. */
  fraction(thousandths: number): void;
}

const NO_BUFFER: PooledBuffer = {
  bytes: new Uint8Array(0),
  texts: Buffer.alloc(0),
  copies: new Copies(),
};

/** Makes a writer. It borrows its first buffer at {@link Writer.begin}. */
export function createWriter(): Writer {
  let pooled: PooledBuffer | undefined;
  let size = START_BYTES;
  let { bytes: buffer, texts, copies } = NO_BUFFER;
  const finder = new CopyFinder();
  let at = 0;

  function use(next: PooledBuffer): void {
    pooled = next;
    ({ bytes: buffer, texts, copies } = next);
    size = buffer.length;
  }

  /** Moves what is known about a text along with it. */
  function moveCopies(from: PooledBuffer, to: PooledBuffer): void {
    [from.copies, to.copies] = [to.copies, from.copies];
  }

  function bytes(piece: Uint8Array): void {
    try {
      // `set` checks the length itself: a second check for every piece would cost time.
      buffer.set(piece, at);
    } catch {
      throw BUFFER_FULL;
    }
    at += piece.length;
  }

  function reserve(bytes: number): void {
    if (at + bytes > buffer.length) throw BUFFER_FULL;
  }

  function text(json: string): void {
    // A UTF-16 unit takes at most three bytes. `write` would silently leave out what does not fit.
    reserve(json.length * 3);
    at += texts.write(json, at);
  }

  function longString(value: string): void {
    if (!PLAIN.test(value)) return text(toJson(value));
    const { length } = value;
    reserve(length + 2);
    buffer[at] = QUOTE;
    texts.write(value, at + 1, length, "latin1");
    buffer[at + length + 1] = QUOTE;
    at += length + 2;
  }

  return {
    at: () => at,
    rewind(to) {
      at = to;
      copies.rewind(to);
      finder.forget();
    },
    begin() {
      if (!pooled) use(borrow(size));
      at = HEADROOM;
      copies.clear();
      finder.forget();
    },
    grow() {
      const before = pooled as PooledBuffer;
      const larger = borrow(size * 2);
      moveCopies(before, larger);
      use(larger);
      buffer.set(before.bytes);
      release(before);
    },
    take() {
      const written = pooled as PooledBuffer;
      // A small part is copied, so that the large buffer is free while it is sent.
      const isSmall = at * 2 < size;
      if (!isSmall || size > MAX_BYTES) pooled = undefined;
      size = Math.min(size, MAX_BYTES);
      if (!isSmall) return lend(written, at);
      const copy = borrow(at);
      copy.bytes.set(buffer.subarray(0, at));
      moveCopies(written, copy);
      ({ copies } = written);
      return lend(copy, at);
    },
    copyFrom: (start) => buffer.slice(start, at),
    repeat(from, to) {
      reserve(to - from);
      if (at - from <= MAX_DISTANCE) copies.add(at, to - from, at - from);
      buffer.copyWithin(at, from, to);
      at += to - from;
    },
    reserve,
    bytes,
    recurring(text) {
      finder.note(text, at, copies);
      bytes(text.bytes);
    },
    text,
    string(value) {
      const { length } = value;
      if (length > MAX_LOOP_LENGTH) return longString(value);
      reserve(length + 2);
      buffer[at] = QUOTE;
      let escaped = 0;
      for (let i = 0; i < length; i++) {
        const unit = value.charCodeAt(i);
        escaped |= (ESCAPED[unit & 127] as number) | (unit >> 7);
        buffer[at + 1 + i] = unit;
      }
      if (escaped !== 0) return text(toJson(value));
      buffer[at + length + 1] = QUOTE;
      at += length + 2;
    },
    number(value) {
      reserve(MAX_NUMBER_BYTES);
      // A decimal of at most 15 digits is the shortest text of its double, so the digits of the
      // thousandths are those that `JSON.stringify` writes.
      const thousandths = Math.round(value * 1000);
      if (thousandths / 1000 !== value) return text(String(value));
      // Dividing small integers takes a fraction of the time.
      if (thousandths >= 0 && thousandths <= 0x7fffffff) {
        const whole = ((thousandths | 0) / 1000) | 0;
        at = writeDigits(buffer, at, whole);
        at = writeDecimals(buffer, at, (thousandths | 0) - whole * 1000);
        return;
      }
      const size = Math.abs(thousandths);
      if (size >= MAX_THOUSANDTHS) return text(String(value));
      if (value < 0) buffer[at++] = MINUS;
      const whole = Math.floor(size / 1000);
      at = writeDigits(buffer, at, whole);
      at = writeDecimals(buffer, at, size - whole * 1000);
    },
    whole(value) {
      reserve(MAX_NUMBER_BYTES);
      at = writeDigits(buffer, at, value);
    },
    fraction(thousandths) {
      reserve(MAX_NUMBER_BYTES);
      at = writeDecimals(buffer, at, thousandths);
    },
  };
}

/**
 * Encodes a value as JSON and replaces lone surrogates by U+FFFD. `JSON.stringify` escapes them, and
 * nothing else, as `\udxxx`; strict readers such as Relay refuse the whole container for it. The first
 * branch of the pattern skips escaped backslashes.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(/\\\\|\\ud.../g, (escape) =>
    escape[1] === "u" ? "\\ufffd" : escape,
  );
}
