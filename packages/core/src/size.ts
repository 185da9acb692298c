import { merge, type Flat } from "./flat.js";
import type { AttributeValue } from "./metric.js";
import type { Base, Series } from "./waiting.js";

/**
 * Sizes as Relay measures and Sentry bills them (wire.md 3.3): UTF-8 bytes of text, 8 for a number,
 * 1 for a boolean; ids, timestamp, type and unit are free.
 */
export function flatSize(flat: Flat, textSize: (text: string) => number = length): number {
  let size = 0;
  for (let i = 0; i < flat.length; i += 2)
    size += textSize(flat[i] as string) + valueSize(flat[i + 1] as AttributeValue, textSize);
  return size;
}

function valueSize(value: AttributeValue, textSize: (text: string) => number): number {
  if (typeof value === "string") return textSize(value);
  if (typeof value === "number") return 8;
  if (typeof value === "boolean") return 1;
  let size = 0;
  for (const each of value) size += valueSize(each, textSize);
  return size;
}

/** Exact for ASCII and a lower bound otherwise; a UTF-16 unit never takes more than three bytes. */
const length = (text: string): number => text.length;
export const MAX_BYTES_PER_UNIT = 3;

/** UTF-8 bytes of a text; a lone surrogate counts as the three bytes of U+FFFD. */
export function utf8Size(text: string): number {
  let size = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) size += code > 0x7ff ? 2 : 1;
    // The low half of a pair: four bytes for two units, of which the high half counted three.
    if (isLow(code) && isHigh(text.charCodeAt(i - 1))) size -= 2;
  }
  return size;
}

const isHigh = (code: number): boolean => (code & 0xfc00) === 0xd800;
const isLow = (code: number): boolean => (code & 0xfc00) === 0xdc00;

/** The value, and `sentry.timestamp.sequence` with its number, which every metric carries. */
export const FIXED_BYTES: number = 8 + 25 + 8;

interface Sized {
  readonly series: Series;
  readonly attributes: Flat;
  readonly base: Base | undefined;
}

/**
 * A cheap size of a metric: exact when all text is ASCII and no attribute overrides a shared one.
 * Times {@link MAX_BYTES_PER_UNIT} it is an upper bound.
 */
export function quickSize({ series, attributes, base }: Sized): number {
  return series.bytes + FIXED_BYTES + flatSize(attributes) + (base?.bytes ?? 0);
}

/** The exact size of a metric, in UTF-8. */
export function exactSize({ series, attributes, base }: Sized): number {
  return series.bytes + FIXED_BYTES + flatSize(merge(base?.attributes, attributes), utf8Size);
}
