import { Buffer } from "node:buffer";
import { decimals, digits } from "./digits.js";
import { borrow, HEADROOM, keep, lend, type Memory } from "../runtime/buffer-pool.js";

/** Room for a batch of ordinary size; grows for what is larger. */
const START_BYTES = 64 * 1024;
/** A buffer above this served an exception. */
const MAX_BYTES = 1024 * 1024;

const MINUS = 45;
const QUOTE = 34;
/** Numbers with at most three decimals and fifteen digits are written digit by digit. */
const MAX_THOUSANDTHS = 1e15;
const MAX_NUMBER_BYTES = 20;
/** Up to here a walk in JavaScript is faster than a call of `write`. */
const SHORT = 48;
/** Text that is the same in JSON, a byte per unit. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** By unit, 1 where it is not. */
const ESCAPED = Uint8Array.from({ length: 128 }, (_, unit) =>
  PLAIN.test(String.fromCharCode(unit)) ? 0 : 1,
);

/** Thrown where the buffer has no room: one for all, because a stack costs more than what is written. */
export const BUFFER_FULL: Error = new Error("The buffer is full.");

/**
 * Writes JSON as bytes into memory that is used again. What does not fit throws {@link BUFFER_FULL};
 * whoever writes an item then grows the buffer and begins it anew.
 */
export interface Writer {
  /** From here on a new payload is written. */
  begin(): void;
  /** Where the next byte goes. */
  at(): number;
  rewind(to: number): void;
  grow(): void;
  /** Everything written, with room before it. Not touched again, unless it is given back. */
  take(): Uint8Array;
  /** A copy of what was written from there on. */
  since(start: number): Uint8Array;
  /** Writes again what stands between two places. */
  repeat(from: number, to: number): void;
  /** Throws where there is no room for so much. */
  reserve(bytes: number): void;
  byte(byte: number): void;
  /** Overwrites a byte. */
  put(byte: number, at: number): void;
  bytes(piece: Uint8Array): void;
  /** JSON that is text already. */
  text(json: string): void;
  /** A text, as JSON. */
  string(text: string): void;
  /** A finite number, as JSON. */
  number(value: number): void;
  /** A whole number from 0 up to 2^53. */
  whole(value: number): void;
  /** From 0 to 999 thousandths as decimals: nothing, `.5`, `.25` or `.125`. */
  fraction(thousandths: number): void;
}

const NOTHING: Memory = { bytes: new Uint8Array(0), texts: Buffer.alloc(0) };

export function createWriter(): Writer {
  let memory: Memory | undefined;
  let size = START_BYTES;
  let { bytes: buffer, texts } = NOTHING;
  let at = 0;

  function use(next: Memory): void {
    memory = next;
    ({ bytes: buffer, texts } = next);
    size = buffer.length;
  }

  function reserve(bytes: number): void {
    if (at + bytes > buffer.length) throw BUFFER_FULL;
  }

  function text(json: string): void {
    // A UTF-16 unit takes at most three bytes. `write` would leave out what does not fit without a word.
    reserve(json.length * 3);
    at += texts.write(json, at);
  }

  function long(given: string): void {
    if (!PLAIN.test(given)) return text(toJson(given));
    const { length } = given;
    reserve(length + 2);
    buffer[at] = QUOTE;
    texts.write(given, at + 1, length, "latin1");
    buffer[at + length + 1] = QUOTE;
    at += length + 2;
  }

  return {
    at: () => at,
    rewind(to) {
      at = to;
    },
    begin() {
      if (!memory) use(borrow(size));
      at = HEADROOM;
    },
    grow() {
      const before = memory as Memory;
      use(borrow(size * 2));
      buffer.set(before.bytes);
      keep(before);
    },
    take() {
      const written = memory as Memory;
      // A small part is copied, so that it does not hold on to the whole while it is sent.
      const isSmall = at * 2 < size;
      if (!isSmall || size > MAX_BYTES) memory = undefined;
      size = Math.min(size, MAX_BYTES);
      if (!isSmall) return lend(written, at);
      const copy = borrow(at);
      copy.bytes.set(buffer.subarray(0, at));
      return lend(copy, at);
    },
    since: (start) => buffer.slice(start, at),
    repeat(from, to) {
      reserve(to - from);
      buffer.copyWithin(at, from, to);
      at += to - from;
    },
    reserve,
    byte(byte) {
      reserve(1);
      buffer[at++] = byte;
    },
    put(byte, where) {
      buffer[where] = byte;
    },
    bytes(piece) {
      try {
        // It checks for itself: nothing is checked twice for every piece.
        buffer.set(piece, at);
      } catch {
        throw BUFFER_FULL;
      }
      at += piece.length;
    },
    text,
    string(given) {
      const { length } = given;
      if (length > SHORT) return long(given);
      reserve(length + 2);
      buffer[at] = QUOTE;
      let odd = 0;
      for (let i = 0; i < length; i++) {
        const unit = given.charCodeAt(i);
        odd |= (ESCAPED[unit & 127] as number) | (unit >> 7);
        buffer[at + 1 + i] = unit;
      }
      if (odd !== 0) return text(toJson(given));
      buffer[at + length + 1] = QUOTE;
      at += length + 2;
    },
    number(value) {
      reserve(MAX_NUMBER_BYTES);
      // A decimal of at most 15 digits is the shortest text of the double it stands for, so that the
      // digits of the thousandths are what `JSON.stringify` writes.
      const thousandths = Math.round(value * 1000);
      if (thousandths / 1000 !== value) return text(String(value));
      // Small integers are divided in a fraction of the time.
      if (thousandths >= 0 && thousandths <= 0x7fffffff) {
        const whole = ((thousandths | 0) / 1000) | 0;
        at = digits(buffer, at, whole);
        at = decimals(buffer, at, (thousandths | 0) - whole * 1000);
        return;
      }
      const size = Math.abs(thousandths);
      if (size >= MAX_THOUSANDTHS) return text(String(value));
      if (value < 0) buffer[at++] = MINUS;
      const whole = Math.floor(size / 1000);
      at = digits(buffer, at, whole);
      at = decimals(buffer, at, size - whole * 1000);
    },
    whole(value) {
      reserve(MAX_NUMBER_BYTES);
      at = digits(buffer, at, value);
    },
    fraction(thousandths) {
      reserve(MAX_NUMBER_BYTES);
      at = decimals(buffer, at, thousandths);
    },
  };
}

/**
 * JSON.stringify escapes a lone surrogate, and nothing else, as `\udxxx`; strict readers such as
 * Relay's refuse it and with it the whole container. The first branch steps over escaped backslashes.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(/\\\\|\\ud.../g, (escape) =>
    escape[1] === "u" ? "\\ufffd" : escape,
  );
}
