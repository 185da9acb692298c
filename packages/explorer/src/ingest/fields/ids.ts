/** The forms of a UUID that Relay reads: plain, with dashes, in braces, as a URN. */
const UUID =
  /^(?:urn:uuid:|\{)?([0-9a-f]{8})(-?)([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{12})\}?$/i;

/** A UUID as 32 lower-case hex digits; `undefined` for anything else. */
export function readUuid(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const [, first, , ...rest] = UUID.exec(value) ?? [];
  return first && [first, ...rest].join("").toLowerCase();
}

/** Ids are kept in lower case; one of zeros only is no id (W3C Trace Context). */
const unlessZero = (id: string | undefined): string | undefined =>
  id === undefined || /^0+$/.test(id) ? undefined : id;

/** Relay reads trace ids as UUIDs: some SDKs write the dashes. */
export const readTraceId = (value: unknown): string | undefined => unlessZero(readUuid(value));

export const readSpanId = (value: unknown): string | undefined =>
  typeof value === "string" && /^[0-9a-f]{16}$/i.test(value)
    ? unlessZero(value.toLowerCase())
    : undefined;
