import { describe, expect, it } from "vitest";
import {
  envelope,
  metric,
  metricEnvelope,
  metrics,
  nowSeconds,
  text,
  TRACE_ID,
} from "../support/envelopes.js";
import { receivedItem, type TraceItem } from "../support/independent-traces.js";
import { memoryIngest } from "../support/memory-ingest.js";
import { memoryStore } from "../support/memory-store.js";

async function filled() {
  const ingest = await memoryIngest();
  const start = nowSeconds() - 100;
  ingest.send(
    metricEnvelope(
      metric({ timestamp: start, value: 1, attributes: { route: text("/a") } }),
      metric({ timestamp: start + 2, value: 3, attributes: { route: text("/b") } }),
      metric({ timestamp: start + 1, value: 2, attributes: { route: text("/a") } }),
      metric({ timestamp: start + 3, value: null }),
      metric({ timestamp: start + 4, name: "other-name", value: 5 }),
    ),
  );
  return ingest;
}

describe("samples", () => {
  it("are single metrics, the newest first", async () => {
    const { queries } = await filled();
    const { samples } = await queries.samples({ name: "checkout.started", limit: 3 });
    expect(samples.map(({ value, traceId }) => [value, traceId])).toEqual([
      [undefined, TRACE_ID],
      [3, TRACE_ID],
      [2, TRACE_ID],
    ]);
  });

  it("can be chosen by verdict, attribute and time", async () => {
    const { queries } = await filled();
    const values = async (options: Parameters<typeof queries.samples>[0]) =>
      (await queries.samples({ name: "checkout.started", ...options })).samples.map(
        ({ value }) => value,
      );
    expect(await values({ verdict: "accepted", where: ["route=/a"] })).toEqual([2, 1]);
    expect(await values({ verdict: "dropped" })).toEqual([undefined]);
    expect(await values({ since: "99500ms", verdict: "accepted" })).toEqual([3, 2]);
  });

  it("without a name are of all metrics, and of containers that were refused as a whole", async () => {
    const { queries, send } = await filled();
    send(envelope([{ ...metrics([]), payload: "{" }]));
    const { samples: dropped } = await queries.samples({ verdict: "dropped" });
    expect(dropped.map(({ kind, name, notes }) => [kind, name, notes[0]?.code])).toEqual([
      ["container", "trace_metric", "container_invalid"],
      ["metric", "checkout.started", "invalid_value"],
    ]);
    expect((await queries.samples({ verdict: "changed" })).samples.map(({ name }) => name)).toEqual(
      ["other_name"],
    );
  });

  it("of a known name that do not exist are none; of an unknown name they are an error", async () => {
    const { queries } = await filled();
    expect(await queries.samples({ name: "checkout.started", where: ["route=/x"] })).toEqual({
      samples: [],
    });
    await expect(queries.samples({ name: "checkout.starte" })).rejects.toThrow(
      /Did you mean "checkout.started"/,
    );
  });

  it.each([
    [{ verdict: "lost" }, /valid are accepted, changed, dropped/],
    [{ limit: 0 }, /from 1 to 1000/],
    [{ limit: 1001 }, /from 1 to 1000/],
    [{ limit: Number.NaN }, /from 1 to 1000/],
  ])("are refused with %j", async (options, message) => {
    await expect((await filled()).queries.samples(options)).rejects.toThrow(message);
  });
});

describe("pages of samples", () => {
  const values = [5, 1, 5, 3, 5, 2, 4, 5, 1, 0];

  async function pages(sort: string, arrive?: () => unknown): Promise<(number | undefined)[]> {
    const { send, queries } = await memoryIngest();
    const at = (index: number): number => nowSeconds() - 100 + (index % 3);
    send(metricEnvelope(...values.map((value, index) => metric({ value, timestamp: at(index) }))));
    const all: (number | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const { samples, next } = await queries.samples({ sort, cursor, limit: 3 });
      all.push(...samples.map(({ value }) => value));
      cursor = next;
      if (arrive?.() !== undefined) send(metricEnvelope(metric({ value: 6 })));
    } while (cursor !== undefined);
    return all;
  }

  it.each(["time", "-time", "value", "-value"])(
    "in the order %s hold each item once",
    async (sort) => {
      const sorted = (list: (number | undefined)[]): number[] =>
        list.map(Number).sort((a, b) => a - b);
      const found = await pages(sort);
      expect(sorted(found)).toEqual(sorted(values));
    },
  );

  it("by value are in the order of the values", async () => {
    const descending = [...values].sort((a, b) => b - a);
    expect(await pages("-value")).toEqual(descending);
    expect(await pages("value")).toEqual([...descending].reverse());
  });

  it("are not moved by items that arrive meanwhile", async () => {
    const found = await pages("-value", () => true);
    expect(found).toEqual([...values].sort((a, b) => b - a));
  });

  it.each([
    [{ sort: "name" }, /sort is "name"; valid are time, -time, value, -value, spans, -spans,/],
    [{ cursor: "x" }, /cursor is "x"; give the "next" of an answer/],
    [{ cursor: Buffer.from("-time 1.5 1").toString("base64url") }, /give the "next"/],
    [
      { sort: "-logs", cursor: Buffer.from("-logs 1 1").toString("base64url") },
      /give the "next" of an answer/,
    ],
    [
      { cursor: Buffer.from("-value 1 1").toString("base64url") },
      /this cursor is of the order -value/,
    ],
  ])("refuse %j", async (options, message) => {
    const { queries } = await memoryIngest();
    await expect(queries.samples(options)).rejects.toThrow(message);
  });
});

describe("the trace of a sample", () => {
  const traceOf = (index: number): string => String(index).padStart(32, "a");
  const item = (kind: TraceItem["kind"], trace: number, index: number): TraceItem => ({
    kind,
    traceId: traceOf(trace),
    spanId: String(index).padStart(16, "b"),
    name: kind === "metric" ? "m" : "other",
    at: -index,
    lasts: 1,
    value: index,
  });
  /** A number of the trace, and how many metrics, spans, errors and logs it has. */
  const COUNTS = [
    [1, 3, 2, 0, 5],
    [2, 2, 0, 4, 0],
    [3, 4, 2, 1, 1],
    [4, 1, 0, 0, 0],
  ] as const;
  const KINDS = ["metric", "span", "error", "log"] as const;
  const items = COUNTS.flatMap(([trace, ...counts]) =>
    KINDS.flatMap((kind, place) =>
      Array.from({ length: counts[place] ?? 0 }, (_, index) => item(kind, trace, index)),
    ),
  );

  it("is how many spans, errors and logs of it are stored", async () => {
    const { queries, append } = await memoryStore();
    const alone = { ...receivedItem(item("metric", 1, 0)), traceId: undefined };
    append([...items.map(receivedItem), alone]);
    const { samples } = await queries.samples({ limit: 100 });
    expect(samples).toHaveLength(11);
    for (const { traceId, trace } of samples) {
      const [, , spans, errors, logs] = COUNTS.find(([id]) => traceOf(id) === traceId) ?? [];
      expect(trace).toEqual(traceId === undefined ? undefined : { spans, errors, logs });
    }
  });

  it.each(["spans", "-spans", "errors", "-errors", "logs", "-logs"])(
    "is the order %s, with each sample on one page while the traces grow",
    async (sort) => {
      const { queries, append } = await memoryStore();
      append(items.map(receivedItem));
      const key = sort.replace("-", "") as "spans" | "errors" | "logs";
      const found: [number | undefined, string][] = [];
      let cursor: string | undefined;
      do {
        const { samples, next } = await queries.samples({ sort, cursor, limit: 3 });
        found.push(
          ...samples.map(({ trace, id }): [number | undefined, string] => [trace?.[key], id]),
        );
        cursor = next;
        for (const trace of [1, 2, 3, 4])
          append(KINDS.map((kind) => receivedItem(item(kind, trace, 1))));
        // A cursor that leads back would never end.
      } while (cursor !== undefined && found.length < 40);
      const place = { spans: 1, errors: 2, logs: 3 }[key];
      const metrics = items.flatMap((each, index) => {
        const [, ...counts] = COUNTS.find(([id]) => traceOf(id) === each.traceId) ?? [];
        return each.kind === "metric" ? [[counts[place], String(index + 1)] as const] : [];
      });
      const ascending = [...metrics].sort(
        ([a, one], [b, other]) => Number(a) - Number(b) || Number(one) - Number(other),
      );
      expect(found).toEqual(sort.startsWith("-") ? ascending.reverse() : ascending);
    },
  );
});
