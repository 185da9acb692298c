import { usageError } from "./query-error.js";

const MIN_DIGITS = 4;
const ALL_DIGITS = 32;

/** A trace id, or the first digits of one. */
export interface TraceIdDigits {
  /** The hex digits, in lower case. */
  digits: string;
  /** Whether these are all 32 digits of an id. */
  isComplete: boolean;
}

/** Reads a trace id or its first digits, in lower or upper case, with or without dashes. Throws a usage error for anything else. */
export function readTraceIdDigits(text: string): TraceIdDigits {
  const digits = text.trim().toLowerCase().replaceAll("-", "");
  if (/^[0-9a-f]{4,32}$/.test(digits)) return { digits, isComplete: digits.length === ALL_DIGITS };
  throw usageError(
    `"${text}" is not a trace id; give its ${ALL_DIGITS} hex digits, or the first ${MIN_DIGITS} or more`,
  );
}
