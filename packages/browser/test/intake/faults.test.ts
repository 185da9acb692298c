import type { IngestServer, Reply } from "@spanmeter/testing";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import type { Way } from "../pages/start-sentry.js";
import { behindSentry, MAJORS_WITH_METRICS } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";
import { countNumbers, readReports } from "./observe.js";

const WAYS = ["integration", "transport"] as const;

/** Answers the next requests that hold metrics so, one each. */
function replyToMetrics(ingest: IngestServer, ...replies: readonly Reply[]): void {
  const next = [...replies];
  ingest.reply(({ metrics }) => (metrics.length ? next.shift() : undefined));
}

/** Records numbered counters and flushes once; what is left leaves by itself. */
async function start(page: Page, way: Way, dsn: string, count: number): Promise<void> {
  await page.evaluate(
    async ([chosen, to, howMany]) => {
      startSentry(chosen, { dsn: to });
      for (let i = 0; i < howMany; i++) Sentry.metrics.count("a", 1, { attributes: { i } });
      await Sentry.flush(500);
    },
    [way, dsn, count] as const,
  );
}

/** Lets both sides send their reports, and returns them. */
async function reportsOf(
  page: Page,
  ingest: IngestServer,
): Promise<ReturnType<typeof readReports>> {
  await page.evaluate(async () => {
    const client = Sentry.getClient();
    // Otherwise sent when the page is hidden.
    (client as unknown as { _flushOutcomes(): void })._flushOutcomes();
    await Sentry.flush();
  });
  return readReports(ingest);
}

describe.for(MAJORS_WITH_METRICS)("with @sentry/browser %i", async (major) => {
  const scripts = await behindSentry(major);

  test.for(WAYS)(
    "two broken connections and a 503 lose and double nothing (%s)",
    async (way, { open, sentryIngest }) => {
      replyToMetrics(sentryIngest, { fault: "reset" }, { fault: "reset" }, { status: 503 });
      const page = await open({ scripts });
      await start(page, way, sentryIngest.dsn, 10);
      await sentryIngest.waitFor(({ metrics }) => metrics.length >= 10);
      expect(await reportsOf(page, sentryIngest)).toEqual({ ours: {}, sentrys: {} });
      expect(countNumbers(sentryIngest.metrics)).toEqual({ distinct: 10, twice: 0 });
    },
  );

  test.for(WAYS)(
    "a 429 delays metrics by its limit, and loses none (%s)",
    async (way, { open, sentryIngest }) => {
      replyToMetrics(sentryIngest, {
        status: 429,
        headers: { "x-sentry-rate-limits": "2:trace_metric:organization" },
      });
      const page = await open({ scripts });
      await start(page, way, sentryIngest.dsn, 10);
      await page.evaluate(() => {
        for (let i = 10; i < 20; i++) Sentry.metrics.count("a", 1, { attributes: { i } });
        void Sentry.flush(100);
      });
      await sentryIngest.waitFor(({ metrics }) => metrics.length >= 20);
      expect(await reportsOf(page, sentryIngest)).toEqual({ ours: {}, sentrys: {} });
      expect(countNumbers(sentryIngest.metrics)).toEqual({ distinct: 20, twice: 0 });
    },
  );

  test.for(WAYS)(
    "metrics of an envelope that is too large arrive in smaller ones (%s)",
    async (way, { open, sentryIngest }) => {
      replyToMetrics(sentryIngest, { status: 413 });
      const page = await open({ scripts });
      await start(page, way, sentryIngest.dsn, 40);
      await sentryIngest.waitFor(({ metrics }) => metrics.length >= 40);
      expect(await reportsOf(page, sentryIngest)).toEqual({ ours: {}, sentrys: {} });
      expect(countNumbers(sentryIngest.metrics)).toEqual({ distinct: 40, twice: 0 });
    },
  );

  test.for(WAYS)(
    "metrics that a server rejects are reported, with their bytes (%s)",
    async (way, { open, sentryIngest }) => {
      replyToMetrics(sentryIngest, { status: 400 });
      const page = await open({ scripts });
      await start(page, way, sentryIngest.dsn, 5);
      const reports = await reportsOf(page, sentryIngest);
      const rejected = sentryIngest.requests.flatMap(({ metrics }) => metrics);
      expect(rejected).toHaveLength(5);
      expect(reports).toEqual({
        ours: {
          "send_error trace_metric": 5,
          "send_error trace_metric_byte": rejected.reduce((sum, { bytes }) => sum + bytes, 0),
        },
        sentrys: {},
      });
    },
  );

  test("`onDrop` is called for metrics that a server rejects", async ({ open, sentryIngest }) => {
    replyToMetrics(sentryIngest, { status: 400 });
    const page = await open({ scripts });
    const drops = await page.evaluate(async (dsn) => {
      const drops: unknown[] = [];
      const onDrop = (drop: object): void => void drops.push(drop);
      startSentry("integration", { dsn }, { onDrop });
      for (let i = 0; i < 5; i++) Sentry.metrics.count("a");
      await Sentry.flush();
      return drops;
    }, sentryIngest.dsn);
    expect(drops).toEqual([
      { reason: "send_error", name: "a", metrics: 5, bytes: expect.any(Number) },
    ]);
  });

  test.for(WAYS)(
    "`sendClientReports: false` sends no report (%s)",
    async (way, { open, sentryIngest }) => {
      replyToMetrics(sentryIngest, { status: 400 });
      const page = await open({ scripts });
      await page.evaluate(
        async ([chosen, dsn]) => {
          const transport =
            chosen === "transport"
              ? SpanmeterSentry.makeMetricsTransport(Sentry.makeFetchTransport, {
                  sendClientReports: false,
                })
              : undefined;
          if (transport) Sentry.init({ dsn, sendClientReports: false, transport });
          else startSentry(chosen, { dsn, sendClientReports: false });
          Sentry.metrics.count("a");
          await Sentry.flush();
          Sentry.metrics.count("b");
          await Sentry.flush();
        },
        [way, sentryIngest.dsn] as const,
      );
      expect(sentryIngest.metrics).toMatchObject([{ name: "b" }]);
      expect(readReports(sentryIngest)).toEqual({ ours: {}, sentrys: {} });
    },
  );

  test("a burst of 100 000 in one task arrives complete, in fewer items", async ({
    open,
    sentryIngest,
  }) => {
    const page = await open({ scripts });
    const stats = await page.evaluate(async (dsn) => {
      const { integration } = startSentry("integration", { dsn });
      for (let i = 0; i < 100_000; i++)
        Sentry.metrics.count("burst", 1, { attributes: { i: i % 5 } });
      await Sentry.flush();
      return integration?.stats();
    }, sentryIngest.dsn);
    expect(stats).toMatchObject({ recorded: 100_000, delivered: 100_000, dropped: {} });
    const total = sentryIngest.metrics.reduce((sum, { value }) => sum + value, 0);
    expect(total).toBe(100_000);
    expect(sentryIngest.metrics.length).toBeLessThan(80_000);
  });
});
