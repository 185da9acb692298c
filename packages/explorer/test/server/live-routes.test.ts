import { describe, expect, it, onTestFinished } from "vitest";
import { readEvents } from "../../src/client/server-events.js";
import type { Item } from "../../src/index.js";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { testExplorer, type TestExplorer } from "../support/test-explorer.js";

async function follow(explorer: TestExplorer, path: string) {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const events = readEvents(await fetch(explorer.url + path, { signal: abort.signal }), 45_000);
  return async () => JSON.parse((await events.next()).value?.data ?? "null") as Item;
}

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
