import { describe, expect, test } from "vitest";
import type { Options, TransportFactory, TransportResponse } from "../../src/index.js";
import { DSN, setUp } from "../set-up.js";

const URL_OF_DSN = "https://o1.ingest.sentry.io/api/2/envelope/";

describe("in development, a warning explains a refusal:", () => {
  async function warningsFor(answer: TransportResponse, options: Options = {}): Promise<string[]> {
    const transport = () => ({ send: async () => answer, flush: async () => true });
    const { client, advanceInterval, warnings } = setUp(
      { transport, ...options },
      { development: true },
    );
    client.metrics.count("a");
    await advanceInterval();
    client.metrics.count("a");
    await advanceInterval();
    return warnings();
  }
  const withReason = (statusCode: number, reason: string): TransportResponse => ({
    statusCode,
    headers: {
      "x-sentry-rate-limits": null,
      "retry-after": null,
      "x-sentry-error": reason,
    },
  });

  test.each([
    [400, "it is no Sentry server"],
    [401, "the key of its project may be disabled"],
    [403, "its key must belong to its project"],
    [404, "Check the host and the project of the DSN"],
    [405, "it must accept POST requests"],
  ])("a %i, once, with the URL and the fix", async (statusCode, fix) => {
    const warnings = await warningsFor({ statusCode });
    expect(warnings).toEqual([
      expect.stringContaining(`Metrics were refused: ${URL_OF_DSN} answered ${statusCode}.`),
    ]);
    expect(warnings[0]).toContain(fix);
  });

  test("with the server's reason, truncated to fit on a line", async () => {
    expect(await warningsFor(withReason(403, "bad project key"))).toEqual([
      expect.stringContaining("answered 403 (bad project key). Check the DSN"),
    ]);
    const [long] = await warningsFor(withReason(403, "x".repeat(10_000)));
    expect(long?.length).toBeLessThan(500);
  });

  test("with the URL of the tunnel, if there is one", async () => {
    const tunnel = "https://example.com/tunnel";
    const [warning] = await warningsFor({ statusCode: 404 }, { tunnel });
    expect(warning).toContain(`${tunnel} answered 404`);
  });

  test("without the key of the DSN", async () => {
    const [warning] = await warningsFor({ statusCode: 500 });
    expect(warning).toBe(`[spanmeter] Metrics were refused: ${URL_OF_DSN} answered 500.`);
    expect(warning).not.toContain("public");
  });
});

describe("with debug, a client that records nothing logs why", () => {
  const linesFor = (options: Options): string[] => setUp({ debug: true, ...options }).warnings();

  test.each<[string, Options, string]>([
    ["without a DSN", { dsn: undefined }, "there is no DSN. Pass it to init({ dsn })"],
    ["with an empty DSN", { dsn: "" }, '"dsn" is empty'],
    ["with enableMetrics: false", { enableMetrics: false }, '"enableMetrics" is false'],
  ])("%s", (_label, options, reason) => {
    expect(linesFor(options)).toEqual([expect.stringContaining(reason)]);
    expect(setUp(options, { development: true }).lines).toEqual([]);
  });

  test("but not when it has a destination", () => {
    expect(linesFor({ dsn: DSN })).toEqual([]);
    expect(linesFor({ dsn: undefined, spotlight: true })).toEqual([]);
  });
});

describe("in development, a warning explains a failed send", () => {
  async function warningsAbout(failure: unknown): Promise<string[]> {
    const failing: TransportFactory = () => ({
      send: () => Promise.reject(failure),
      flush: async () => true,
    });
    const { client, advanceInterval, warnings } = setUp(
      { transport: failing },
      { development: true },
    );
    for (let i = 0; i < 3; i++) {
      client.metrics.count("a");
      await advanceInterval();
    }
    return warnings();
  }

  test("once, with its cause, when the set-up is wrong", async () => {
    const error = new TypeError("no way out", { cause: new Error("the proxy is no URL") });
    expect(await warningsAbout(error)).toEqual([
      "[spanmeter] Metrics could not be sent to https://o1.ingest.sentry.io/api/2/envelope/: no way out: the proxy is no URL",
    ]);
    expect(await warningsAbout(undefined)).toEqual([
      "[spanmeter] Metrics could not be sent to https://o1.ingest.sentry.io/api/2/envelope/: the transport gave no reason",
    ]);
  });

  test("but not when the network is down", async () => {
    const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    expect(await warningsAbout(refused)).toEqual([]);
    expect(await warningsAbout(new TypeError("fetch failed", { cause: refused }))).toEqual([]);
  });
});
