import { isBytes } from "../runtime/is-bytes.js";

/** Headers in any usual shape: an object, `IncomingMessage.headers`, a `Headers`, a `Map`. */
export type HeadersLike = { get(name: string): unknown } | Readonly<Record<string, unknown>>;

/** A function that finds a header by its lower-case name, whatever case an object spells it in. */
export function headerReader(headers: HeadersLike): (name: string) => string | undefined {
  return (name) => {
    try {
      return asText(read(headers, name));
    } catch {
      // A getter or proxy of the application may throw; a trace is not worth its request.
      return undefined;
    }
  };
}

function read(headers: HeadersLike, name: string): unknown {
  if (typeof headers !== "object" || headers === null) return undefined;
  if (typeof headers.get === "function") return headers.get(name);
  const plain = headers as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(plain, name)) return plain[name];
  const spelled = Object.keys(plain).find((key) => key.toLowerCase() === name);
  return spelled === undefined ? undefined : plain[spelled];
}

/** Message queues hand over bytes; a header sent twice arrives as an array, of which the first counts. */
function asText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (isBytes(first)) return String.fromCharCode(...first);
  return typeof first === "string" ? first : undefined;
}
