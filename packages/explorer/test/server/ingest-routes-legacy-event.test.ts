import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Item } from "../../src/index.js";
import { metricEnvelope, metric, SPAN_ID, TRACE_ID, type Json } from "../support/envelopes.js";
import { testExplorer, type TestExplorer } from "../support/test-explorer.js";

const EVENT_ID = "fc6d8c0c43fc4630ad850ee518f1b9d0";
const PATH = "/api/42/store/";

const event = (over: Json = {}): string =>
  JSON.stringify({
    event_id: EVENT_ID,
    message: "hello",
    contexts: { trace: { trace_id: TRACE_ID, span_id: SPAN_ID } },
    ...over,
  });

const received = async (explorer: TestExplorer): Promise<Item[]> =>
  (await explorer.getJson<{ unattached: Item[] }>(`/api/traces/${TRACE_ID}`)).unattached;

describe("sending an event to the store endpoint", () => {
  const base64 = (bytes: string | Buffer): string => Buffer.from(bytes).toString("base64");

  it.each<[string, string | Buffer, Record<string, string>]>([
    ["plain JSON", event(), {}],
    ["gzip", gzipSync(event()), { "content-encoding": "gzip" }],
    ["deflate", deflateSync(event()), { "content-encoding": "deflate" }],
    ["base64", base64(event()), { "content-type": "application/octet-stream" }],
    ["zlib in base64", base64(deflateSync(event())), {}],
    [
      "zlib in base64 in gzip",
      gzipSync(base64(deflateSync(event()))),
      { "content-encoding": "gzip" },
    ],
  ])("as %s keeps it, and answers with its id", async (_, body, headers) => {
    const explorer = await testExplorer();
    const response = await explorer.post(body, { path: PATH, headers });
    expect([response.status, await response.json()]).toEqual([200, { id: EVENT_ID }]);
    expect(await received(explorer)).toMatchObject([
      { kind: "error", name: "hello", project: "42", spanId: SPAN_ID },
    ]);
  });

  it.each(["/api/42/store", "/api/store/", "/api/store"])("at %s works as well", async (path) => {
    const explorer = await testExplorer();
    expect((await explorer.post(event(), { path })).status).toBe(200);
    expect(await received(explorer)).toHaveLength(1);
  });

  it("without an id gets one, which is in the response", async () => {
    const explorer = await testExplorer();
    const response = await explorer.post(event({ event_id: undefined }), { path: PATH });
    const { id } = (await response.json()) as { id: string };
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect((await received(explorer))[0]?.detail).toMatchObject({ event_id: id });
  });

  it.each<[string, Record<string, string>, string]>([
    [
      "X-Sentry-Auth",
      { "x-sentry-auth": "Sentry sentry_version=7, sentry_client=raven-go/1.0, sentry_key=a" },
      "",
    ],
    ["Authorization", { authorization: "Sentry sentry_key=a,sentry_client=raven-go/1.0" }, ""],
    ["the query", {}, "?sentry_version=7&sentry_key=a&sentry_client=raven-go%2F1.0"],
  ])("names its SDK by %s", async (_, headers, query) => {
    const explorer = await testExplorer();
    await explorer.post(event(), { path: PATH + query, headers });
    expect((await received(explorer))[0]?.sdk).toBe("raven-go/1.0");
  });

  it("names its SDK in the event, which counts more", async () => {
    const explorer = await testExplorer();
    await explorer.post(event({ sdk: { name: "sentry.x", version: "2" } }), {
      path: `${PATH}?sentry_client=other`,
    });
    expect((await received(explorer))[0]?.sdk).toBe("sentry.x/2");
  });

  it("that is a transaction becomes one", async () => {
    const explorer = await testExplorer();
    const body = event({ type: "transaction", start_timestamp: 1795345200, timestamp: 1795345201 });
    await explorer.post(body, { path: PATH });
    const trace = await explorer.getJson<{ spans: { span: Item }[] }>(`/api/traces/${TRACE_ID}`);
    expect(trace.spans.map(({ span }) => [span.kind, span.durationMs])).toEqual([
      ["transaction", 1000],
    ]);
  });

  it("from Python may hold NaN and Infinity, which are 0", async () => {
    const explorer = await testExplorer();
    const body = event({ extra: { a: 0, b: "NaN \\" } }).replace('"a":0', '"a":[NaN,-Infinity]');
    const send = (client: string) =>
      explorer.post(body, { path: `${PATH}?sentry_client=${client}` });
    expect((await send("raven-python/6.10")).status).toBe(200);
    expect((await send("raven-go/1.0")).status).toBe(400);
    expect((await received(explorer))[0]?.detail).toMatchObject({
      extra: { a: [0, 0], b: "NaN \\" },
    });
  });

  it("may send an envelope with the content type of one", async () => {
    const explorer = await testExplorer();
    await explorer.post(metricEnvelope(metric()), {
      path: PATH,
      headers: { "content-type": "application/x-sentry-envelope" },
    });
    expect(await received(explorer)).toMatchObject([{ kind: "metric" }]);
  });

  it.each<[string, string, number, string]>([
    ["empty", "", 400, "is empty"],
    ["half a JSON object", "{", 400, "must be a JSON object"],
    ["any text", "not base64!", 400, "neither a JSON object nor base64"],
    ["base64 of any text", base64("not json"), 400, "neither JSON nor zlib"],
    ["a list", base64(deflateSync("[]")), 400, "must be a JSON object"],
    ["a bomb", base64(deflateSync(Buffer.alloc(60 * 1024 ** 2, " "))), 413, "larger than"],
  ])("that is %s is refused with the reason", async (_, body, status, reason) => {
    const explorer = await testExplorer();
    const response = await explorer.post(body, { path: PATH });
    expect([response.status, await response.json()]).toEqual([
      status,
      { detail: expect.stringContaining(reason) as string },
    ]);
    expect((await explorer.queries.stats()).received).toBe(0);
  });

  it("may come from any page", async () => {
    const explorer = await testExplorer();
    const headers = { origin: "https://example.com" };
    const response = await explorer.post(event(), { path: PATH, headers });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });
});

describe("an event in the address of an image", () => {
  it.each([
    ["JSON", event()],
    ["zlib in base64", deflateSync(event()).toString("base64")],
  ])("as %s is kept, and answered with an image", async (_, data) => {
    const explorer = await testExplorer();
    const query = new URLSearchParams({ sentry_data: data, sentry_client: "raven-js/1.0" });
    const response = await fetch(`${explorer.url}${PATH}?${query}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/gif"]);
    expect(bytes.subarray(0, 6).toString()).toBe("GIF89a");
    expect(await received(explorer)).toMatchObject([{ name: "hello", sdk: "raven-js/1.0" }]);
  });

  it("without data is refused with the reason", async () => {
    const response = await fetch(`${(await testExplorer()).url}${PATH}`);
    expect([response.status, response.headers.get("x-sentry-error")]).toEqual([
      400,
      "The body is empty",
    ]);
  });
});
