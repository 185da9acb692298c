import { Buffer } from "node:buffer";

interface Container {
  readonly items: readonly unknown[];
}

/**
 * Two envelopes with half of the metrics each, out of one that is too large for a server. Everything
 * else stays with the first. Nothing when there are not two metrics.
 */
export function halve(body: Uint8Array): readonly Buffer[] {
  const lines = Buffer.from(body).toString().split("\n");
  const at = lines.findIndex((line, i) => i % 2 === 1 && typeOf(line) === "trace_metric");
  if (at < 0) return [];
  const header = JSON.parse(lines[at] ?? "") as object;
  const container = JSON.parse(lines[at + 1] ?? "") as Container;
  const { items } = container;
  if (items.length < 2) return [];
  const middle = Math.ceil(items.length / 2);
  const part = (some: readonly unknown[]): string[] => [
    JSON.stringify({ ...header, item_count: some.length }),
    JSON.stringify({ ...container, items: some }),
  ];
  const first = [...lines.slice(0, at), ...part(items.slice(0, middle)), ...lines.slice(at + 2)];
  const second = [lines[0] ?? "{}", ...part(items.slice(middle))];
  return [first, second].map((each) => Buffer.from(each.join("\n")));
}

const typeOf = (line: string): unknown => (JSON.parse(line || "{}") as { type?: unknown }).type;
