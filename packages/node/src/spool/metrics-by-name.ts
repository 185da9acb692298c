import { Buffer } from "node:buffer";

/** What is lost of one name. */
export interface NamedLoss {
  readonly name?: string;
  /** Calls: a folded metric stands for many. */
  readonly metrics: number;
  readonly bytes: number;
}

interface Item {
  readonly name: string;
  readonly attributes?: { readonly "spanmeter.folded"?: { readonly value: number } };
}

/** What is lost with an envelope of ours, name by name; of a torn one, as many as it says it carried. */
export function lossesOf(body: Uint8Array): readonly NamedLoss[] {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString();
  try {
    return byName(itemsOf(text));
  } catch {
    const metrics = [...text.matchAll(/"item_count":(\d+)/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
    return metrics > 0 ? [{ metrics, bytes: body.length }] : [];
  }
}

/** The lines after the first are a header and a payload each. */
function itemsOf(text: string): readonly Item[] {
  const [, ...lines] = text.split("\n");
  return lines.flatMap((line, at) => {
    const { type } = (at % 2 === 0 ? JSON.parse(line || "{}") : {}) as { type?: string };
    if (type !== "trace_metric") return [];
    return (JSON.parse(lines[at + 1] ?? "") as { items: readonly Item[] }).items;
  });
}

function byName(items: readonly Item[]): NamedLoss[] {
  const losses = new Map<string, NamedLoss>();
  for (const item of items) {
    const { metrics = 0, bytes = 0 } = losses.get(item.name) ?? {};
    losses.set(item.name, {
      name: item.name,
      metrics: metrics + (item.attributes?.["spanmeter.folded"]?.value ?? 1),
      bytes: bytes + Buffer.byteLength(JSON.stringify(item)),
    });
  }
  return [...losses.values()];
}
