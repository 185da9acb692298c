import { describe, expect, it } from "vitest";
import type { Queries } from "../../src/answers/queries.js";
import type { ReceivedItem } from "../../src/model/received-item.js";
import { receivedItem, type TraceItem } from "../support/independent-traces.js";
import { memoryStore, type MemoryStore } from "../support/memory-store.js";

const traceId = "a".repeat(32);

const event = (
  kind: TraceItem["kind"],
  name: string,
  at: number,
  over: Partial<ReceivedItem> = {},
): ReceivedItem => ({ ...receivedItem({ kind, name, at, traceId }), ...over });

async function filled(): Promise<MemoryStore> {
  const store = await memoryStore();
  store.append([
    event("error", "TimeoutError: pay", -3_000, { level: "error", detail: { event_id: "e" } }),
    event("log", "slow query", -1_000, { level: "warn", attributes: { table: "cart" } }),
    event("metric", "m", -500, { value: 1 }),
    event("transaction", "GET /", -4_000, { durationNs: 5_000_000n }),
    event("span", "SELECT timeouts", -3_000, { durationNs: 2_000_000n }),
  ]);
  return store;
}

const names = async (
  queries: Queries,
  options: Parameters<Queries["events"]>[0],
): Promise<string[]> => (await queries.events(options)).events.map(({ name }) => name);

describe("events", () => {
  it("are errors, logs and spans, the newest first", async () => {
    const { queries } = await filled();
    expect(await names(queries, {})).toEqual([
      "slow query",
      "SELECT timeouts",
      "TimeoutError: pay",
      "GET /",
    ]);
  });

  it.each([
    [{ kinds: ["span"] }, ["SELECT timeouts", "GET /"]],
    [{ kinds: ["error", "log"] }, ["slow query", "TimeoutError: pay"]],
    [{ q: "TIMEOUT" }, ["SELECT timeouts", "TimeoutError: pay"]],
    [{ q: "%" }, []],
    [{ where: ["table=cart"] }, ["slow query"]],
    [{ where: ["@level=error or @duration>4"] }, ["TimeoutError: pay", "GET /"]],
    [{ since: "3500ms", until: "2s" }, ["SELECT timeouts", "TimeoutError: pay"]],
  ])("can be chosen with %j", async (options, expected) => {
    const { queries } = await filled();
    expect(await names(queries, options)).toEqual(expected);
  });

  it("come page by page, each once, while others arrive", async () => {
    const { queries, append } = await memoryStore();
    const at = (index: number): number => -1_000 * (index % 4);
    append(Array.from({ length: 23 }, (_, index) => event("log", `${index}`, at(index))));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const { events, next } = await queries.events({ limit: 3, cursor });
      found.push(...events.map(({ name }) => name));
      cursor = next;
      if (found.length < 12) append([event("log", "new", 1)]);
    } while (cursor !== undefined && found.length < 40);
    const expected = Array.from({ length: 23 }, (_, index) => index).sort(
      (a, b) => at(b) - at(a) || b - a,
    );
    expect(found).toEqual(expected.map(String));
  });

  it.each([
    [{ kinds: ["metric"] }, /kind is "metric"; valid are error, log, span/],
    [{ limit: 1_001 }, /from 1 to 1000/],
    [{ cursor: "?" }, /give the "next" of an answer/],
    [{ where: ["x"] }, /an operator is missing/],
  ])("refuse %j", async (options, message) => {
    const { queries } = await memoryStore();
    await expect(queries.events(options)).rejects.toThrow(message);
  });
});

describe("an item", () => {
  it("has by its id what the list of events leaves out", async () => {
    const { queries } = await filled();
    const { events } = await queries.events({ kinds: ["error"] });
    expect(events[0]).not.toHaveProperty("detail");
    const item = await queries.item(events[0]?.id ?? "");
    expect(item).toEqual({ ...events[0], detail: { event_id: "e" } });
  });

  it("that does not exist is not found, and text that is no id is refused", async () => {
    const { queries } = await filled();
    await expect(queries.item("99")).rejects.toMatchObject({ code: "not_found" });
    for (const id of ["x", "-1", "1.5", "9".repeat(30)])
      await expect(queries.item(id)).rejects.toMatchObject({ code: "usage" });
  });
});
