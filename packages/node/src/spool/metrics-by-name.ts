import { Buffer } from "node:buffer";

/** The metrics of one name in an envelope. */
export interface NamedMetrics {
  /** Absent for an envelope that cannot be read. */
  readonly name?: string;
  /** How many calls they stand for: a folded metric stands for several. */
  readonly metrics: number;
  readonly bytes: number;
}

interface Item {
  readonly name: string;
  readonly attributes?: { readonly "spanmeter.folded"?: { readonly value: number } };
}

/** Counts the metrics of an envelope of ours by name; of a torn one, by the counts in its headers. */
export function metricsByName(body: Uint8Array): readonly NamedMetrics[] {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString();
  try {
    return groupByName(itemsOf(text));
  } catch {
    const metrics = [...text.matchAll(/"item_count":(\d+)/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
    return metrics > 0 ? [{ metrics, bytes: body.length }] : [];
  }
}

/** After its first line, an envelope has two lines for each item: header and payload. */
function itemsOf(text: string): readonly Item[] {
  const [, ...lines] = text.split("\n");
  return lines.flatMap((line, at) => {
    const { type } = (at % 2 === 0 ? JSON.parse(line || "{}") : {}) as { type?: string };
    if (type !== "trace_metric") return [];
    return (JSON.parse(lines[at + 1] ?? "") as { items: readonly Item[] }).items;
  });
}

function groupByName(items: readonly Item[]): NamedMetrics[] {
  const groups = new Map<string, NamedMetrics>();
  for (const item of items) {
    const { metrics = 0, bytes = 0 } = groups.get(item.name) ?? {};
    groups.set(item.name, {
      name: item.name,
      metrics: metrics + (item.attributes?.["spanmeter.folded"]?.value ?? 1),
      bytes: bytes + Buffer.byteLength(JSON.stringify(item)),
    });
  }
  return [...groups.values()];
}
