import { describe, expect, it, onTestFinished } from "vitest";
import { readEvents, type ServerEvent } from "../../src/client/server-events.js";
import type { Item } from "../../src/index.js";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { testExplorer, type TestExplorer } from "../support/test-explorer.js";

async function follow(explorer: TestExplorer, path: string) {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const events = readEvents(await fetch(explorer.url + path, { signal: abort.signal }), 45_000);
  return async () => {
    for (;;) {
      const { value } = await events.next();
      if (value?.event !== "hello") return JSON.parse(value?.data ?? "null") as Item;
    }
  };
}

/** Follows as a browser's EventSource does: after a break it says what it had last. */
async function listen(
  explorer: TestExplorer,
  path: string,
  lastId?: string,
): Promise<() => Promise<ServerEvent | undefined>> {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const headers = lastId === undefined ? {} : { "last-event-id": lastId };
  const response = await fetch(explorer.url + path, { signal: abort.signal, headers });
  const events = readEvents(response, 45_000);
  return async () => (await events.next()).value as ServerEvent | undefined;
}

const named = (...names: readonly string[]): string =>
  metricEnvelope(...names.map((name) => metric({ name })));

describe("the live stream", () => {
  it.each(["/stream", "/api/stream"])("at %s sends each item as it arrives", async (path) => {
    const explorer = await testExplorer();
    const next = await follow(explorer, path);
    await explorer.post(metricEnvelope(metric({ name: "a" }), metric({ name: "b", value: null })));
    expect(await next()).toMatchObject({ name: "a", verdict: "accepted", value: 1 });
    expect(await next()).toMatchObject({ name: "b", verdict: "dropped" });
  });

  it("can be narrowed to kinds and to metric names", async () => {
    const explorer = await testExplorer();
    const metrics = await follow(explorer, "/api/stream?metric=cart.*");
    const errors = await follow(explorer, "/api/stream?kind=error&kind=log");
    await explorer.post(metricEnvelope(metric({ name: "other" }), metric({ name: "cart.total" })));
    await explorer.post('{}\n{"type":"event"}\n{"message":"m"}');
    expect((await metrics()).name).toBe("cart.total");
    expect((await errors()).name).toBe("m");
  });

  it("sends lists to a reader that asks for them, each with the id of its newest item", async () => {
    const explorer = await testExplorer();
    const next = await listen(explorer, "/api/stream?mode=items");
    expect((await next())?.event).toBe("hello");
    await explorer.post(named(...Array.from({ length: 450 }, (_, index) => `m${index}`)));
    const names: string[] = [];
    while (names.length < 450) {
      const event = await next();
      expect(event?.event).toBe("items");
      const items = JSON.parse(event?.data ?? "[]") as Item[];
      expect(items.length).toBeLessThanOrEqual(200);
      expect(event?.id).toBe(items.at(-1)?.id);
      names.push(...items.map(({ name }) => name));
    }
    expect(names).toEqual(Array.from({ length: 450 }, (_, index) => `m${index}`));
  });

  it("of a kind that does not exist is refused with those that do", async () => {
    const explorer = await testExplorer();
    const response = await fetch(`${explorer.url}/api/stream?kind=metrics`);
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: {
          code: "usage",
          message:
            'kind is "metrics"; valid are metric, span, transaction, error, log, report, container, other',
        },
      },
    ]);
  });

  it("ends when the explorer closes", async () => {
    const explorer = await testExplorer();
    const response = await fetch(`${explorer.url}/api/stream`);
    const reading = response.text().catch(() => "ended");
    await explorer.close();
    expect(await reading).toMatch(/connected|ended/);
  });
});

describe("a reader that comes back", () => {
  it("gets what it missed, once and in order, then what arrives", async () => {
    const explorer = await testExplorer();
    const before = await listen(explorer, "/api/stream");
    expect((await before())?.event).toBe("hello");
    await explorer.post(named("a", "b"));
    expect((await before())?.id).toBe("1");
    await explorer.post(named("c"));
    await explorer.post('{}\n{"type":"event"}\n{"message":"m"}');
    const after = await listen(explorer, "/api/stream?kind=metric", "1");
    await explorer.post(named("d"));
    const seen: unknown[] = [];
    for (let index = 0; index < 4; index++) {
      const event = await after();
      seen.push(event?.event === "item" ? (JSON.parse(event.data) as Item).name : event?.event);
    }
    expect(seen).toEqual(["hello", "b", "c", "d"]);
  });

  it("may say in the address what it had last; the header counts more", async () => {
    const explorer = await testExplorer();
    await explorer.post(named("a", "b", "c"));
    const opened = await listen(explorer, "/api/stream?after=1");
    const reconnected = await listen(explorer, "/api/stream?after=1", "2");
    const idsOf = async (next: typeof opened) => [(await next())?.event, (await next())?.id];
    expect(await idsOf(opened)).toEqual(["hello", "2"]);
    expect(await idsOf(reconnected)).toEqual(["hello", "3"]);
  });

  it("learns how much of it is gone", async () => {
    const explorer = await testExplorer({ maxRows: 5 });
    await explorer.post(named(...Array.from({ length: 20 }, (_, index) => `m${index}`)));
    await explorer.queries.stats();
    const next = await listen(explorer, "/api/stream", "1");
    const events = [await next(), await next(), await next()];
    expect(events.map((event) => event?.event)).toEqual(["hello", "item", "item"]);
    let event = await next();
    while (event?.event === "item") event = await next();
    expect(event).toMatchObject({ event: "missed", data: "14" });
  });

  it("of another explorer gets what arrives", async () => {
    const explorer = await testExplorer();
    await explorer.post(named("a"));
    const next = await listen(explorer, "/api/stream", "5000");
    expect((await next())?.event).toBe("hello");
    await explorer.post(named("b"));
    expect(JSON.parse((await next())?.data ?? "{}")).toMatchObject({ name: "b", id: "2" });
  });
});

describe("ticks", () => {
  it("say how many items of each metric have arrived, a few times a second", async () => {
    const explorer = await testExplorer();
    const next = await listen(explorer, "/api/stream?mode=tick");
    expect(JSON.parse((await next())?.data ?? "{}")).toMatchObject({
      seq: "0",
      startedAt: expect.stringMatching(/^20/) as string,
    });
    await explorer.post(named("a", "a", "b"));
    await explorer.post('{}\n{"type":"event"}\n{"message":"m"}');
    const total = { a: 0, b: 0, others: 0 };
    let last = "0";
    while (total.a + total.b + total.others < 4) {
      const event = await next();
      const tick = JSON.parse(event?.data ?? "{}") as {
        seq: string;
        names: Record<string, number>;
        others: number;
      };
      expect(event).toMatchObject({ event: "tick", id: tick.seq });
      total.a += tick.names["a"] ?? 0;
      total.b += tick.names["b"] ?? 0;
      total.others += tick.others;
      last = tick.seq;
    }
    expect({ ...total, last }).toEqual({ a: 2, b: 1, others: 1, last: "4" });
  });

  it("of another mode are refused", async () => {
    const explorer = await testExplorer();
    const response = await fetch(`${explorer.url}/api/stream?mode=rows`);
    expect(await response.json()).toMatchObject({
      error: { message: 'mode is "rows"; valid are item, items, tick' },
    });
  });
});
