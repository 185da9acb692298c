import type { IngestServer, ReadMetric } from "@spanmeter/testing";
import { describe, expect } from "vitest";
import type { Way } from "../pages/start-sentry.js";
import { behindSentry, MAJORS_WITH_METRICS } from "../support/bundle.js";
import { test, type PageParts } from "../support/chromium-test.js";
import type { Page } from "playwright-core";

const SEQUENCE = "sentry.timestamp.sequence";

/** What differs between two visits of a page. */
interface Visit {
  readonly traceId: string;
  readonly spanId: string;
  readonly replayId: string | undefined;
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Records every kind of metric with every kind of attribute. */
async function record(page: Page, way: Way, dsn: string, userInfo: boolean): Promise<Visit> {
  return page.evaluate(
    async ([chosen, to, collectsUser]) => {
      startSentry(chosen, {
        dsn: to,
        release: "shop@1.4.0",
        environment: "staging",
        tracesSampleRate: 1,
        dataCollection: { userInfo: collectsUser },
        replaysSessionSampleRate: 1,
        integrations: [Sentry.replayIntegration({ useCompression: false })],
      });
      Sentry.setUser({ id: "u1", email: "jo@example.com", username: "jo" });
      Sentry.getGlobalScope().setAttributes({ shared: "global", shop: 7 });
      Sentry.getCurrentScope().setAttributes({ shared: "current" });
      // Replay starts a task after the SDK.
      while (!Sentry.getReplay()?.getReplayId())
        await new Promise((resolve) => setTimeout(resolve, 5));
      const from = Date.now() / 1000 - 5;
      const { count, gauge, distribution } = Sentry.metrics;
      const ids = Sentry.startSpan({ name: "checkout" }, (span) => {
        count("plain");
        count("orders", 3, {
          attributes: {
            text: "blau ü 👍",
            empty: "",
            integer: 3,
            negative: -1,
            fraction: 0.5,
            yes: true,
            no: false,
            texts: ["a", "b"],
            numbers: [1, 2],
            missing: undefined,
            nothing: null,
            object: { a: [1] },
            // It is an attribute like any other.
            ["__proto__"]: "own",
          },
        });
        gauge("cart.size", 2.25, { unit: "byte" });
        distribution("cart.time", 187.5, { unit: "millisecond", attributes: { page: "/cart" } });
        return span.spanContext();
      });
      count("outside", 2);
      await Sentry.flush();
      const until = Date.now() / 1000 + 5;
      return { ...ids, replayId: Sentry.getReplay()?.getReplayId(), from, to: until };
    },
    [way, dsn, userInfo] as const,
  );
}

/** A metric without what differs between two visits; a value that does not belong to this one is kept. */
function normalize(metric: ReadMetric, { traceId, spanId, replayId, from, to }: Visit): object {
  const { timestamp, attributes, attributeTypes, bytes: _, ...others } = metric;
  const { [SEQUENCE]: __, ...rest } = attributes;
  const { [SEQUENCE]: ___, ...types } = attributeTypes;
  return {
    ...others,
    timestamp: timestamp >= from && timestamp <= to ? "during the visit" : timestamp,
    // Outside of the span it is that of the page.
    traceId: metric.traceId === traceId ? "the trace of the span" : "another trace",
    spanId: metric.spanId === spanId ? "the span" : metric.spanId,
    attributes: {
      ...rest,
      "sentry.replay_id":
        rest["sentry.replay_id"] === replayId ? "the replay" : rest["sentry.replay_id"],
    },
    attributeTypes: types,
  };
}

const byName = (a: ReadMetric, b: ReadMetric): number => (a.name < b.name ? -1 : 1);

/** Visits a page once, and returns what arrived. */
async function visit(
  ingest: IngestServer,
  open: (parts: PageParts) => Promise<Page>,
  scripts: string[],
  way: Way,
  userInfo: boolean,
): Promise<{ metrics: object[]; heads: object[] }> {
  const before = ingest.requests.length;
  const page = await open({ scripts });
  const found = await record(page, way, ingest.dsn, userInfo);
  const requests = ingest.requests.slice(before).filter(({ metrics }) => metrics.length);
  await page.close();
  const heads = requests.map(({ envelope, query, path }) => {
    const item = envelope?.items.find(({ header }) => header["type"] === "trace_metric");
    const { items: _, ...container } = (item?.json ?? {}) as { items?: unknown };
    const { length: __, item_count: ___, ...header } = item?.header ?? {};
    return { sdk: envelope?.headers["sdk"], header, container, query, path };
  });
  return {
    metrics: requests
      .flatMap(({ metrics }) => metrics)
      .sort(byName)
      .map((metric) => normalize(metric, found)),
    heads: [...new Map(heads.map((head) => [JSON.stringify(head), head])).values()],
  };
}

describe.for(MAJORS_WITH_METRICS)("with @sentry/browser %i", async (major) => {
  const scripts = await behindSentry(major);

  test.for(["integration", "transport"] as const)(
    "metrics that leave by the %s are those that Sentry sends itself, once each",
    async (way, { open, sentryIngest }) => {
      for (const userInfo of [true, false]) {
        const plain = await visit(sentryIngest, open, scripts, "plain", userInfo);
        const ours = await visit(sentryIngest, open, scripts, way, userInfo);
        expect(plain.metrics).toHaveLength(5);
        expect(JSON.stringify(plain.metrics)).toMatch(
          /user\.email.*the replay.*the span.*the trace of the span/,
        );
        expect(ours).toEqual(plain);
      }
    },
  );

  test("attributes that JSON cannot hold cost neither their metric nor the others of the batch", async ({
    open,
    sentryIngest,
  }) => {
    const page = await open({ scripts });
    const stats = await page.evaluate(async (dsn) => {
      const { integration } = startSentry("integration", { dsn });
      const circular: unknown[] = [];
      circular.push(circular);
      const lists = {
        circular,
        bigints: [1n],
        mixed: [1, null, { a: 1 }],
        bare: Object.create(null),
      };
      for (const [name, list] of Object.entries(lists))
        Sentry.metrics.count(name, 1, { attributes: { list, other: "kept" } });
      Sentry.metrics.count("harmless");
      await Sentry.flush();
      return integration?.stats();
    }, sentryIngest.dsn);
    expect(stats).toMatchObject({ recorded: 5, delivered: 5, dropped: {} });
    expect(sentryIngest.metrics.map(({ name }) => name)).toEqual([
      "circular",
      "bigints",
      "mixed",
      "bare",
      "harmless",
    ]);
    for (const { attributes } of sentryIngest.metrics.slice(0, -1))
      expect(attributes["other"]).toBe("kept");
  });
});
