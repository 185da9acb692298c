import { isBytes } from "../runtime/is-bytes.js";

/** Headers of a request or a message: an object, `IncomingMessage.headers`, a `Headers` or a `Map`. */
export type HeadersLike = { get(name: string): unknown } | Readonly<Record<string, unknown>>;

/** Returns a function that finds a header by its lower-case name. An object may spell it in any case. */
export function headerReader(headers: HeadersLike): (name: string) => string | undefined {
  return (name) => {
    try {
      return asText(read(headers, name));
    } catch {
      // A getter or proxy of the application may throw, which must not fail its request.
      return undefined;
    }
  };
}

function read(headers: HeadersLike, name: string): unknown {
  if (typeof headers !== "object" || headers === null) return undefined;
  if (typeof headers.get === "function") return headers.get(name);
  const plain = headers as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(plain, name)) return plain[name];
  const spelling = Object.keys(plain).find((key) => key.toLowerCase() === name);
  return spelling === undefined ? undefined : plain[spelling];
}

/** Headers of message queues may be bytes. A header that was sent twice is an array: its first value counts. */
function asText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (isBytes(first)) return String.fromCharCode(...first);
  return typeof first === "string" ? first : undefined;
}
