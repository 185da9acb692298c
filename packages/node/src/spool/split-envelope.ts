import { Buffer } from "node:buffer";

interface Container {
  readonly items: readonly unknown[];
}

/**
 * Splits an envelope that is too large for a server into two with half of the metrics each. Everything
 * else stays with the first. Returns nothing for an envelope with fewer than two metrics.
 */
export function splitEnvelope(body: Uint8Array): readonly Buffer[] {
  const lines = Buffer.from(body).toString().split("\n");
  const at = lines.findIndex((line, i) => i % 2 === 1 && typeOf(line) === "trace_metric");
  if (at < 0) return [];
  const header = JSON.parse(lines[at] ?? "") as object;
  const container = JSON.parse(lines[at + 1] ?? "") as Container;
  const { items } = container;
  if (items.length < 2) return [];
  const middle = Math.ceil(items.length / 2);
  const linesOf = (part: readonly unknown[]): string[] => [
    JSON.stringify({ ...header, item_count: part.length }),
    JSON.stringify({ ...container, items: part }),
  ];
  const first = [...lines.slice(0, at), ...linesOf(items.slice(0, middle)), ...lines.slice(at + 2)];
  const second = [lines[0] ?? "{}", ...linesOf(items.slice(middle))];
  return [first, second].map((each) => Buffer.from(each.join("\n")));
}

const typeOf = (line: string): unknown => (JSON.parse(line || "{}") as { type?: unknown }).type;
