import { Buffer } from "node:buffer";
import { decimals, digits } from "./digits.js";

/** Room for a batch of ordinary size; grows for what is larger. */
const START_BYTES = 64 * 1024;
/** A buffer above this served an exception and is not kept. */
const MAX_KEPT_BYTES = 1024 * 1024;

const MINUS = 45;
const QUOTE = 34;
const BACKSLASH = 92;
/** Numbers with at most three decimals and fifteen digits are written digit by digit. */
const MAX_THOUSANDTHS = 1e15;
const MAX_NUMBER_BYTES = 20;
/** Up to here a walk in JavaScript is faster than a call of `write`. */
const SHORT = 48;

/**
 * Writes JSON as bytes into one reused buffer. What does not fit throws a `RangeError`, as
 * `Uint8Array.set` does by itself; whoever writes an item then grows the buffer and begins it anew.
 */
export interface Writer {
  /** Where the next byte goes. */
  at(): number;
  rewind(to: number): void;
  grow(): void;
  /** A copy of everything written. */
  take(): Uint8Array;
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
  /** From 0 to 999 thousandths as decimals: nothing, `.5`, `.25` or `.125`. */
  fraction(thousandths: number): void;
}

export function createWriter(): Writer {
  // One memory, twice: `Buffer` writes texts, and copies into a plain array are faster.
  let memory = Buffer.allocUnsafeSlow(START_BYTES);
  let buffer = new Uint8Array(memory.buffer);
  let at = 0;

  function use(bytes: number): void {
    memory = Buffer.allocUnsafeSlow(bytes);
    buffer = new Uint8Array(memory.buffer);
  }

  function reserve(bytes: number): void {
    if (at + bytes > buffer.length) throw new RangeError("the buffer is full");
  }

  function text(json: string): void {
    // A UTF-16 unit takes at most three bytes. `write` would leave out what does not fit without a word.
    reserve(json.length * 3);
    at += memory.write(json, at);
  }

  return {
    at: () => at,
    rewind(to) {
      at = to;
    },
    grow() {
      const written = buffer;
      use(written.length * 2);
      buffer.set(written);
    },
    take() {
      const written = buffer.subarray(0, at);
      // A small part is copied, so that it does not hold on to the whole while it is sent.
      const payload = at * 2 < buffer.length ? written.slice() : written;
      if (payload === written || buffer.length > MAX_KEPT_BYTES)
        use(Math.min(buffer.length, MAX_KEPT_BYTES));
      return payload;
    },
    byte(byte) {
      reserve(1);
      buffer[at++] = byte;
    },
    put(byte, where) {
      buffer[where] = byte;
    },
    bytes(piece) {
      buffer.set(piece, at);
      at += piece.length;
    },
    text,
    string(given) {
      const { length } = given;
      if (length > SHORT) return text(toJson(given));
      reserve(length + 2);
      buffer[at] = QUOTE;
      for (let i = 0; i < length; i++) {
        const unit = given.charCodeAt(i);
        if (unit < 32 || unit > 126 || unit === QUOTE || unit === BACKSLASH)
          return text(toJson(given));
        buffer[at + 1 + i] = unit;
      }
      buffer[at + length + 1] = QUOTE;
      at += length + 2;
    },
    number(value) {
      // A decimal of at most 15 digits is the shortest text of the double it stands for, so that the
      // digits of the thousandths are what `JSON.stringify` writes.
      const thousandths = Math.round(value * 1000);
      if (Math.abs(thousandths) >= MAX_THOUSANDTHS || thousandths / 1000 !== value)
        return text(String(value));
      reserve(MAX_NUMBER_BYTES);
      if (value < 0) buffer[at++] = MINUS;
      const size = Math.abs(thousandths);
      const whole = Math.floor(size / 1000);
      at = digits(buffer, at, whole);
      at = decimals(buffer, at, size - whole * 1000);
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
