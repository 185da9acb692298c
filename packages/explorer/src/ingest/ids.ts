/** Ids are accepted in either case and kept in lower case; one of zeros only is no id (Relay, W3C Trace Context). */
function readId(value: unknown, length: 16 | 32): string | undefined {
  if (typeof value !== "string" || value.length !== length) return undefined;
  return /^[0-9a-f]+$/i.test(value) && !/^0+$/.test(value) ? value.toLowerCase() : undefined;
}

export const readTraceId = (value: unknown): string | undefined => readId(value, 32);
export const readSpanId = (value: unknown): string | undefined => readId(value, 16);
