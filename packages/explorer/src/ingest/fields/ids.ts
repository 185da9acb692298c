/** The forms of a UUID that Relay reads: plain, with dashes, in braces, as a URN. */
const UUID =
  /^(?:urn:uuid:|\{)?([0-9a-f]{8})(-?)([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{12})\}?$/i;

/** Reads a UUID as 32 lower-case hex digits. Returns `undefined` for anything else. */
export function readUuid(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const [, first, , ...rest] = UUID.exec(value) ?? [];
  return first && [first, ...rest].join("").toLowerCase();
}

/** An id of zeros is not valid (W3C Trace Context). */
const unlessZero = (id: string | undefined): string | undefined =>
  id === undefined || /^0+$/.test(id) ? undefined : id;

/** Reads a trace id, as Relay does, in the forms of a UUID: some SDKs write dashes. Returns `undefined` for anything else. */
export const readTraceId = (value: unknown): string | undefined => unlessZero(readUuid(value));

/** Reads a span id of 16 hex digits, in lower case. Returns `undefined` for anything else. */
export const readSpanId = (value: unknown): string | undefined =>
  typeof value === "string" && /^[0-9a-f]{16}$/i.test(value)
    ? unlessZero(value.toLowerCase())
    : undefined;
