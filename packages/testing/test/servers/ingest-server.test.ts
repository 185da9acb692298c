import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startIngest, type IngestServer } from "../../src/index.js";
import { envelopeOf, metricOf } from "../readers/sample-envelope.js";

let server: IngestServer;
beforeEach(async () => {
  server = await startIngest();
});
afterEach(() => server.close());

const endpoint = "/api/1/envelope/?sentry_version=7&sentry_key=public&sentry_client=x%2F1";
const post = (body: BodyInit, headers: Record<string, string> = {}, path = endpoint) =>
  fetch(server.url + path, { method: "POST", body, headers });

describe("startIngest", () => {
  test("records the metrics of accepted envelopes", async () => {
    const response = await post(envelopeOf([metricOf({ name: "a" })]));
    expect(response.status).toBe(200);
    expect(server.metrics.map(({ name }) => name)).toEqual(["a"]);
    expect(server.requests[0]).toMatchObject({
      path: "/api/1/envelope/",
      query: { sentry_key: "public" },
    });
    server.assertClean();
  });

  test("decodes gzip and records both sizes", async () => {
    const text = envelopeOf([metricOf({ name: "a".repeat(500) })]);
    await post(gzipSync(text), { "content-encoding": "gzip" });
    expect(server.requests[0]?.body).toHaveLength(text.length);
    expect(server.requests[0]?.rawBytes).toBeLessThan(text.length);
    server.assertClean();
  });

  test("answers an invalid envelope with a 400 and the broken rule, and assertClean throws", async () => {
    const response = await post(envelopeOf([metricOf({ value: null })]));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("trace_metric.items[0].value: must be a finite number");
    expect(server.metrics).toEqual([]);
    expect(() => server.assertClean()).toThrow("must be a finite number");
  });

  test("answers a body that does not match its encoding with a 400", async () => {
    expect((await post("text", { "content-encoding": "gzip" })).status).toBe(400);
    expect((await post("text", { "content-encoding": "zip" })).status).toBe(400);
  });

  test("answers requests without a key or with an unknown content type with a 400", async () => {
    const text = envelopeOf([metricOf()]);
    expect((await post(text, {}, "/api/1/envelope/")).status).toBe(400);
    expect((await post(text, { "content-type": "application/json" })).status).toBe(400);
    const tunnelled = envelopeOf([metricOf()], { dsn: server.dsn });
    expect((await post(tunnelled, {}, "/api/1/envelope/")).status).toBe(200);
  });

  test("replyNext answers one request, reply all further ones", async () => {
    server.reply({ status: 503 });
    server.replyNext({ status: 429, headers: { "retry-after": "7" } });
    const first = await post(envelopeOf([metricOf()]));
    const second = await post(envelopeOf([metricOf()]));
    expect([first.status, first.headers.get("retry-after"), second.status]).toEqual([
      429,
      "7",
      503,
    ]);
    expect(server.metrics).toEqual([]);
    expect(server.requests.flatMap(({ metrics }) => metrics)).toHaveLength(2);
  });

  test("delays its answer", async () => {
    server.reply({ delay: 60 });
    const start = performance.now();
    await post(envelopeOf([metricOf()]));
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  test.each(["reset", "close"] as const)(
    "breaks the connection with the fault %s",
    async (fault) => {
      server.reply({ fault });
      await expect(post(envelopeOf([metricOf()]))).rejects.toThrow("fetch failed");
      expect(server.requests).toHaveLength(1);
    },
  );

  test("leaves requests unanswered with the fault hang until it is closed", async () => {
    server.reply({ fault: "hang" });
    const answer = post(envelopeOf([metricOf()])).catch((error: Error) => error.message);
    await server.waitFor(({ requests }) => requests.length === 1);
    await server.close();
    expect(await answer).toBe("fetch failed");
  });

  test("answers a preflight like Relay", async () => {
    const response = await fetch(server.url + endpoint, { method: "OPTIONS" });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-methods")).toBe("POST");
    expect(response.headers.get("access-control-allow-headers")).toContain("content-encoding");
    expect(server.preflights).toHaveLength(1);
    expect(server.requests).toHaveLength(0);
  });

  test("counts connections", async () => {
    await post(envelopeOf([metricOf()]));
    expect(server.connections).toBe(1);
  });

  test("waitFor rejects at its timeout with the metrics that arrived", async () => {
    await post(envelopeOf([metricOf({ name: "only.this" })]));
    const waiting = server.waitFor(({ metrics }) => metrics.length === 2, 20);
    await expect(waiting).rejects.toThrow("1 requests and 1 metrics: only.this");
  });
});
