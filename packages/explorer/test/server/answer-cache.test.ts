import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { currentSignal } from "../../src/runtime/cancellation.js";
import { answerCache } from "../../src/server/answer-cache.js";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { testExplorer } from "../support/test-explorer.js";

async function serve(app: Hono): Promise<string> {
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("an answer", () => {
  it("is kept until something arrives", async () => {
    let seq = 1n;
    let asked = 0;
    const app = new Hono();
    app.use(answerCache(() => seq));
    app.get("/", (context) => context.json({ asked: ++asked }));
    const ask = async (path = "/"): Promise<unknown> => (await app.request(path)).json();
    const answers = [await ask(), await ask(), await ask("/?a=1")];
    expect(answers).toEqual([{ asked: 1 }, { asked: 1 }, { asked: 2 }]);
    seq = 2n;
    expect(await ask()).toEqual({ asked: 3 });
  });

  it("to a body is not kept", async () => {
    let asked = 0;
    const app = new Hono();
    app.use(answerCache(() => 1n));
    app.post("/", (context) => context.json({ asked: ++asked }));
    const ask = async (body: string): Promise<unknown> =>
      (await app.request("/", { method: "POST", body })).json();
    expect([await ask("1"), await ask("2")]).toEqual([{ asked: 1 }, { asked: 2 }]);
  });

  it("that is an error is not kept", async () => {
    let asked = 0;
    const app = new Hono();
    app.use(answerCache(() => 1n));
    app.get("/", (context) => context.json({ asked: ++asked }, 400));
    expect([await (await app.request("/")).json(), await (await app.request("/")).json()]).toEqual([
      { asked: 1 },
      { asked: 2 },
    ]);
  });

  it("always has what was sent before the question", async () => {
    const explorer = await testExplorer();
    for (let count = 1; count <= 20; count++) {
      await explorer.post(metricEnvelope(metric({ name: "m" })));
      const { metrics } = await explorer.getJson<{ metrics: unknown[] }>("/api/metrics");
      expect(metrics).toMatchObject([{ samples: count }]);
    }
  });
});

describe("the tag of an answer", () => {
  // Only the clock: timers of real sockets go on.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());
  const RANGE = "since=2026-11-22T10:00:00Z&until=2026-11-22T11:00:00Z";

  function counting() {
    const state = { seq: 1n, asked: 0 };
    const app = new Hono();
    app.use(answerCache(() => state.seq));
    app.get("*", (context) => context.json({ asked: ++state.asked }));
    async function ask(path: string, tag?: string) {
      const response = await app.request(path, {
        headers: tag === undefined ? {} : { "if-none-match": tag },
      });
      const etag = response.headers.get("etag") ?? "";
      return { status: response.status, etag, text: await response.text() };
    }
    return { state, ask };
  }

  it.each([
    "/api/stats",
    "/api/traces/0af7",
    "/api/samples",
    "/api/metrics/m/attributes/route/values?q=a",
    `/api/metrics/m/series?${RANGE}&by=route`,
    `/api/metrics/m/table?${RANGE}&compare=previous`,
    `/api/metrics/m/table?${RANGE}&compare=1h30m`,
    `/api/metrics/m/table?${RANGE}&compare=2026-11-21T10:00:00Z..2026-11-21T11:00:00Z`,
    "/api/metrics?since=1800000000&until=1800000060.5",
  ])(
    "of %s is good until something arrives, and then nothing is computed for a 304",
    async (path) => {
      const { state, ask } = counting();
      const { etag } = await ask(path);
      vi.setSystemTime(Date.now() + 3_600_000);
      for (const tag of [etag, `"other", W/${etag}`])
        expect(await ask(path, tag)).toEqual({ status: 304, etag, text: "" });
      expect(state.asked).toBe(1);
      state.seq = 2n;
      const next = await ask(path, etag);
      expect([next.status, next.text]).toEqual([200, '{"asked":2}']);
      expect(next.etag).not.toBe(etag);
    },
  );

  it.each([
    "/api/metrics",
    "/api/movers",
    "/api/metrics/m/series",
    "/api/metrics/m/series?since=10m",
    "/api/metrics/m/series?since=10:00&until=11:00",
    "/api/metrics/m/series?since=2026-11-22T10:00:00Z",
    "/api/samples?since=10m",
    `/api/metrics/m/table?${RANGE}&compare=10:00`,
    `/api/metrics/m/table?${RANGE}&compare=2026-11-21T10:00:00Z..11:00`,
  ])("of %s, which depends on the clock, is good as long as that answer is kept", async (path) => {
    const { state, ask } = counting();
    const { etag } = await ask(path);
    expect(await ask(path, etag)).toEqual({ status: 304, etag, text: "" });
    vi.setSystemTime(Date.now() + 1_000);
    expect(await ask(path, etag)).toMatchObject({ status: 200, text: '{"asked":2}' });
    expect(state.asked).toBe(2);
  });

  it("is none of another address or of another start of the explorer", async () => {
    const { ask } = counting();
    const { etag } = await ask("/api/items/1");
    expect((await ask("/api/items/2", etag)).status).toBe(200);
    expect((await counting().ask("/api/items/1", etag)).status).toBe(200);
  });

  it("is of a real answer over HTTP, and an error has none", async () => {
    const explorer = await testExplorer();
    await explorer.post(metricEnvelope(metric({ name: "m" })));
    const ask = (tag = "", path = "/api/stats") =>
      fetch(explorer.url + path, { headers: { "if-none-match": tag } });
    const first = await ask();
    const tag = first.headers.get("etag") ?? "";
    expect([first.status, (await ask(tag)).status]).toEqual([200, 304]);
    await explorer.post(metricEnvelope(metric({ name: "m" })));
    expect((await ask(tag)).status).toBe(200);
    expect((await ask("", "/api/metrics/unknown/series")).headers.get("etag")).toBeNull();
  });
});

it.each(["GET", "POST"])(
  "a reader of a %s that goes ends the work for its answer",
  async (method) => {
    const app = new Hono();
    app.use(answerCache(() => 1n));
    let ended = (): void => {};
    const hasEnded = new Promise<void>((resolve) => (ended = resolve));
    let began = (): void => {};
    const hasBegun = new Promise<void>((resolve) => (began = resolve));
    app.on(method, "/", async (context) => {
      await context.req.text();
      currentSignal()?.addEventListener("abort", ended);
      began();
      await hasEnded;
      return context.text("too late");
    });
    const url = await serve(app);
    const abort = new AbortController();
    const init = { method, signal: abort.signal, ...(method === "POST" && { body: "{}" }) };
    const refusal = fetch(url, init).catch((error: unknown) => String(error));
    await hasBegun;
    abort.abort();
    expect(await refusal).toMatch(/abort/i);
    await hasEnded;
  },
);
