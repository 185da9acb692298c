import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
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
