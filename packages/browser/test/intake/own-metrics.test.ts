import { startIngest } from "@spanmeter/testing";
import { describe, expect } from "vitest";
import { behindSentry, MAJORS_WITH_METRICS } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const WAYS = ["integration", "transport"] as const;
const SEQUENCE = "sentry.timestamp.sequence";

describe.for(MAJORS_WITH_METRICS)("our `metrics` with @sentry/browser %i", async (major) => {
  const scripts = await behindSentry(major);

  test.for(WAYS)(
    "record into the queue of Sentry.metrics, with the trace and attributes of Sentry's calls (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      await page.evaluate(
        async ([chosen, dsn]) => {
          startSentry(chosen, {
            dsn,
            release: "shop@1.4.0",
            environment: "staging",
            tracesSampleRate: 1,
            dataCollection: { userInfo: true },
          });
          Sentry.setUser({ id: "u1" });
          Sentry.getCurrentScope().setAttributes({ shop: 7 });
          Sentry.startSpan({ name: "checkout" }, () => {
            const options = { unit: "millisecond", attributes: { page: "/cart" } };
            Sentry.metrics.distribution("cart.time", 5, options);
            SpanmeterSentry.metrics.distribution("cart.time", 5, options);
          });
          await Sentry.flush();
          SpanmeterSentry.metrics.count("later");
          await Sentry.flush();
        },
        [way, sentryIngest.dsn] as const,
      );
      const requests = sentryIngest.requests.filter(({ metrics }) => metrics.length);
      expect(requests.map(({ metrics }) => metrics.length)).toEqual([2, 1]);
      const read = sentryIngest.metrics.map(({ timestamp, bytes, attributes, ...metric }) => {
        const { [SEQUENCE]: sequence, ...rest } = attributes;
        expect([timestamp, bytes, sequence]).toEqual(Array(3).fill(expect.any(Number)));
        return { ...metric, attributes: rest };
      });
      // Sentry's own call waits in its buffer first.
      const [ours, theirs] = read;
      expect(theirs).toMatchObject({ spanId: expect.any(String), attributes: { shop: 7 } });
      // They say who recorded them.
      const sdk = {
        "sentry.sdk.name": "spanmeter.javascript.browser",
        "sentry.sdk.version": expect.any(String),
      };
      expect(sentryIngest.metrics.at(-1)).toMatchObject({ name: "later", attributes: sdk });
      expect(ours).toEqual({ ...theirs, attributes: { ...theirs?.attributes, ...sdk } });
    },
  );

  test.for(WAYS)(
    "have a timestamp, a trace and a sample rate of their own (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      const traceId = "d4cda95b652f4a1592b449d5929fda1b";
      await page.evaluate(
        async ([chosen, dsn, trace]) => {
          startSentry(chosen, { dsn });
          const { metrics } = SpanmeterSentry;
          metrics.count("dated", 1, { timestamp: 1_700_000_000.5 });
          metrics.count("traced", 1, { trace: { traceId: trace } });
          for (let i = 0; i < 50; i++) metrics.count("never", 1, { sampleRate: 1e-12 });
          for (let i = 0; i < 50; i++) metrics.count("always", 1, { sampleRate: 1 });
          await Sentry.flush();
        },
        [way, sentryIngest.dsn, traceId] as const,
      );
      const { metrics } = sentryIngest;
      expect(metrics.find(({ name }) => name === "dated")?.timestamp).toBe(1_700_000_000.5);
      expect(metrics.find(({ name }) => name === "traced")).toMatchObject({ traceId });
      expect(metrics.filter(({ name }) => name === "never")).toEqual([]);
      expect(metrics.filter(({ name }) => name === "always")).toHaveLength(50);
    },
  );

  test("buffer calls before Sentry.init, which get the trace of the page", async ({
    open,
    sentryIngest,
  }) => {
    const page = await open({ scripts });
    const traceId = await page.evaluate(async (dsn) => {
      SpanmeterSentry.metrics.count("early", 1, { attributes: { i: 0 } });
      startSentry("integration", { dsn });
      SpanmeterSentry.metrics.count("late", 1, { attributes: { i: 1 } });
      await Sentry.flush();
      return Sentry.getCurrentScope().getPropagationContext().traceId;
    }, sentryIngest.dsn);
    expect(sentryIngest.metrics).toMatchObject([
      { name: "early", traceId, attributes: { i: 0 } },
      { name: "late", traceId, attributes: { i: 1 } },
    ]);
  });

  test("before Sentry.init the first 100 calls are buffered, and the others are reported", async ({
    open,
    sentryIngest,
  }) => {
    const page = await open({ scripts });
    const stats = await page.evaluate(async (dsn) => {
      for (let i = 0; i < 107; i++) SpanmeterSentry.metrics.count("early");
      const { integration } = startSentry("integration", { dsn });
      await Sentry.flush();
      return integration?.stats();
    }, sentryIngest.dsn);
    expect(stats).toMatchObject({
      recorded: 107,
      delivered: 100,
      dropped: { buffer_overflow: 7 },
    });
  });

  test("pass `beforeSendMetric` of the SDK", async ({ open, sentryIngest }) => {
    const page = await open({ scripts });
    const stats = await page.evaluate(async (dsn) => {
      const { integration } = startSentry("integration", {
        dsn,
        beforeSendMetric: (metric) =>
          metric.name === "secret" ? null : { ...metric, value: metric.value + 1 },
      });
      for (const name of ["orders", "secret"]) SpanmeterSentry.metrics.count(name);
      await Sentry.flush();
      return integration?.stats();
    }, sentryIngest.dsn);
    expect(sentryIngest.metrics).toMatchObject([{ name: "orders", value: 2 }]);
    expect(stats).toMatchObject({ delivered: 1, dropped: { before_send: 1 } });
  });

  test("belong to the active one of several clients", async ({ open, sentryIngest }) => {
    const second = await startIngest({ rules: { foreign: true } });
    const page = await open({ scripts });
    await page.evaluate(
      async ([dsn, otherDsn]) => {
        const { client } = startSentry("integration", { dsn });
        const other = new Sentry.BrowserClient({
          dsn: otherDsn,
          transport: Sentry.makeFetchTransport,
          stackParser: Sentry.defaultStackParser,
          integrations: [SpanmeterSentry.spanmeterIntegration()],
        });
        other.init();
        SpanmeterSentry.metrics.count("first");
        Sentry.withScope((scope) => {
          scope.setClient(other);
          SpanmeterSentry.metrics.count("second");
        });
        SpanmeterSentry.metrics.count("first");
        await client.flush();
        await other.flush();
      },
      [sentryIngest.dsn, second.dsn] as const,
    );
    expect(sentryIngest.metrics.map(({ name }) => name)).toEqual(["first", "first"]);
    expect(second.metrics.map(({ name }) => name)).toEqual(["second"]);
    await second.close();
  });

  test("go on with the client of a second Sentry.init", async ({ open, sentryIngest }) => {
    const second = await startIngest({ rules: { foreign: true } });
    const page = await open({ scripts });
    await page.evaluate(
      async ([dsn, otherDsn]) => {
        startSentry("integration", { dsn });
        SpanmeterSentry.metrics.count("first");
        await Sentry.close();
        startSentry("integration", { dsn: otherDsn });
        SpanmeterSentry.metrics.count("second");
        await Sentry.flush();
      },
      [sentryIngest.dsn, second.dsn] as const,
    );
    expect(sentryIngest.metrics.map(({ name }) => name)).toEqual(["first"]);
    expect(second.metrics.map(({ name }) => name)).toEqual(["second"]);
    await second.close();
  });
});

// They have no metrics, or old ones that belong to no trace.
describe.for([8, 9])("our `metrics` with @sentry/browser %i", async (major) => {
  const builds = {
    production: await behindSentry(major),
    development: await behindSentry(major, "development"),
  };

  test.for(["production", "development"] as const)(
    "arrive with its trace, and one line says in development that only they do (%s)",
    async (build, { open, sentryIngest }) => {
      const page = await open({ scripts: builds[build] });
      const logged: string[] = [];
      page.on("console", (message) => logged.push(`${message.type()}: ${message.text()}`));
      const ids = await page.evaluate(async (dsn) => {
        startSentry("integration", { dsn, release: "shop@1.4.0", tracesSampleRate: 1 });
        const ids = Sentry.startSpan({ name: "checkout" }, (span) => {
          SpanmeterSentry.metrics.count("orders", 2);
          return span.spanContext();
        });
        await Sentry.flush();
        return ids;
      }, sentryIngest.dsn);
      expect(sentryIngest.metrics).toMatchObject([
        {
          name: "orders",
          value: 2,
          traceId: ids.traceId,
          spanId: ids.spanId,
          attributes: { "sentry.release": "shop@1.4.0" },
        },
      ]);
      const line = expect.stringMatching(
        new RegExp(`^warning: \\[spanmeter\\] Sentry ${major}\\..*Update to Sentry 10 or 11`),
      );
      expect(logged).toEqual(build === "development" ? [line] : []);
    },
  );

  test("arrive by a wrapped transport", async ({ open, sentryIngest }) => {
    const page = await open({ scripts: builds.production });
    const isComplete = await page.evaluate(async (dsn) => {
      SpanmeterSentry.metrics.count("early");
      startSentry("transport", { dsn });
      SpanmeterSentry.metrics.count("orders", 2);
      return Sentry.flush();
    }, sentryIngest.dsn);
    expect(isComplete).toBe(true);
    expect(sentryIngest.metrics).toMatchObject([{ name: "early" }, { name: "orders", value: 2 }]);
  });
});
