import { MAX_ENTRIES } from "../limits.js";
import { parseObject, type JsonObject } from "../fields/json.js";
import { refuse, type Refusal } from "../refusal.js";

/** One item of an envelope. */
export interface EnvelopeItem {
  header: JsonObject;
  type: string;
  payload: Buffer;
}

/** An envelope, split into its header and items. */
export interface Envelope {
  ok: true;
  header: JsonObject;
  items: EnvelopeItem[];
}

const NEWLINE = 0x0a;
const BLANKS = [...Buffer.from(" \t\r\n")];
const [OPEN, CLOSE, QUOTE, BACKSLASH] = Buffer.from('{}"\\');

/**
 * Splits an envelope into its header and items.
 * Only `\n` counts as a newline; an item without `length` ends at the next one.
 * https://develop.sentry.dev/sdk/foundations/transport/envelopes/
 */
export function parseEnvelope(bytes: Buffer): Envelope | Refusal {
  const header = readHeader(bytes, 0);
  if (header === undefined)
    return refuse(400, "The first line is not an envelope header (a JSON object followed by \\n)");
  const items: EnvelopeItem[] = [];
  let offset = header.next;
  while (offset < bytes.length) {
    if (items.length === MAX_ENTRIES)
      return refuse(413, `The envelope has more than ${MAX_ENTRIES} items`);
    const item = readItem(bytes, offset, items.length + 1);
    if ("ok" in item) return item;
    items.push(item.item);
    offset = item.next;
  }
  return { ok: true, header: header.value, items };
}

function readItem(
  bytes: Buffer,
  offset: number,
  position: number,
): { item: EnvelopeItem; next: number } | Refusal {
  const header = readHeader(bytes, offset);
  if (header === undefined)
    return refuse(400, `The header of item ${position} is not a JSON object followed by \\n`);
  const { type, length } = header.value;
  if (typeof type !== "string" || type === "") {
    return refuse(400, `The header of item ${position} has no "type"`);
  }
  const end = payloadEnd(bytes, header.next, length);
  if (end === undefined) {
    return refuse(
      400,
      `Item ${position} (${type}) has length ${String(length)}, which does not fit the body`,
    );
  }
  const payload = bytes.subarray(header.next, end);
  return { item: { header: header.value, type, payload }, next: end + 1 };
}

/** Returns the end of a payload, or `undefined` when its `length` is not valid, too large, or not followed by a newline. */
function payloadEnd(bytes: Buffer, start: number, length: unknown): number | undefined {
  if (length === undefined || length === null) return lineEnd(bytes, start);
  if (typeof length !== "number" || !Number.isInteger(length) || length < 0) return undefined;
  // When the body ends with a header, its empty payload starts at the end of the body.
  const end = Math.min(start, bytes.length) + length;
  if (end > bytes.length) return undefined;
  return end === bytes.length || bytes[end] === NEWLINE ? end : undefined;
}

/** Relay skips blank lines before a header, and reads one JSON object, which may have several lines. */
function readHeader(bytes: Buffer, from: number): { value: JsonObject; next: number } | undefined {
  let start = from;
  while (BLANKS.includes(bytes[start] ?? 0)) start++;
  const end = objectEnd(bytes, start);
  if (end === undefined || (end < bytes.length && bytes[end] !== NEWLINE)) return undefined;
  const value = parseObject(bytes.subarray(start, end));
  return value === undefined ? undefined : { value, next: end + 1 };
}

/** Returns the index after the closing brace of the object that starts at an index. */
function objectEnd(bytes: Buffer, start: number): number | undefined {
  if (bytes[start] !== OPEN) return undefined;
  let depth = 0;
  for (let index = start; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) index = textEnd(bytes, index);
    else if (byte === OPEN) depth++;
    else if (byte === CLOSE && --depth === 0) return index + 1;
  }
  return undefined;
}

/** Returns the index of the closing quote of a text. */
function textEnd(bytes: Buffer, start: number): number {
  let index = start + 1;
  while (index < bytes.length && bytes[index] !== QUOTE)
    index += bytes[index] === BACKSLASH ? 2 : 1;
  return index;
}

function lineEnd(bytes: Buffer, start: number): number {
  const end = bytes.indexOf(NEWLINE, start);
  return end === -1 ? bytes.length : end;
}
