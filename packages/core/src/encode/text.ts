/** Short texts recur: attribute values such as a route, names, ids. Their JSON is kept. */
const MAX_KEPT = 2000;
const MAX_KEPT_LENGTH = 64;

/** Turns text into JSON text that every reader accepts. */
export type Quote = (text: string) => string;

export function createQuote(): Quote {
  const kept = new Map<string, string>();
  return (text) => {
    if (text.length > MAX_KEPT_LENGTH) return quote(text);
    let quoted = kept.get(text);
    if (quoted === undefined) {
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(text, (quoted = quote(text)));
    }
    return quoted;
  };
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

function quote(text: string): string {
  const quoted = JSON.stringify(text);
  // JSON.stringify escapes a lone surrogate, which strict readers such as Relay's refuse; one would
  // cost the whole container.
  return quoted.includes("\\ud") ? JSON.stringify(text.replace(LONE_SURROGATE, "\uFFFD")) : quoted;
}
