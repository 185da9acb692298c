import { startIngest } from "@spanmeter/testing";
import { describe, expect } from "vitest";
import type { Way } from "../pages/start-sentry.js";
import { behindSentry, MAJORS_WITH_METRICS } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";
import { readReports, typesOf } from "./observe.js";

const WAYS = ["integration", "transport"] as const;

describe.for(MAJORS_WITH_METRICS)("with @sentry/browser %i", async (major) => {
  const scripts = await behindSentry(major);

  test("the integration is one of the client, and errors name it", async ({
    open,
    sentryIngest,
  }) => {
    const page = await open({ scripts });
    const name = await page.evaluate(async (dsn) => {
      const { client } = startSentry("integration", { dsn });
      Sentry.captureException(new Error("no stock"));
      await Sentry.flush();
      return client.getIntegrationByName("Spanmeter")?.name;
    }, sentryIngest.dsn);
    expect(name).toBe("Spanmeter");
    const items = sentryIngest.requests.flatMap(({ envelope }) => envelope?.items ?? []);
    const event = items.find(({ header }) => header["type"] === "event");
    const { sdk } = JSON.parse(Buffer.from(event?.payload ?? []).toString()) as {
      sdk: { integrations: string[] };
    };
    expect(sdk.integrations).toContain("Spanmeter");
  });

  test.for(WAYS)(
    "errors and spans arrive beside metrics, once (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      await page.evaluate(
        async ([chosen, dsn]) => {
          startSentry(chosen, { dsn, tracesSampleRate: 1 });
          Sentry.startSpan({ name: "checkout" }, () => {
            Sentry.metrics.count("orders");
            Sentry.captureException(new Error("no stock"));
          });
          await Sentry.flush();
        },
        [way, sentryIngest.dsn] as const,
      );
      const types = typesOf(sentryIngest);
      // Sentry 11 sends spans one by one.
      for (const type of ["event", major === 10 ? "transaction" : "span", "trace_metric"])
        expect(types.filter((each) => each === type)).toHaveLength(1);
    },
  );

  test.for(WAYS)(
    "Sentry.flush() waits for the metrics (%s)",
    async (way, { open, sentryIngest }) => {
      sentryIngest.reply({ delay: 300 });
      const page = await open({ scripts });
      const isComplete = await page.evaluate(
        async ([chosen, dsn]) => {
          startSentry(chosen, { dsn });
          Sentry.metrics.count("orders");
          return Sentry.flush();
        },
        [way, sentryIngest.dsn] as const,
      );
      expect(isComplete).toBe(true);
      expect(sentryIngest.metrics).toMatchObject([{ name: "orders" }]);
    },
  );

  test.for(WAYS)(
    "Sentry.flush() is false once its timeout has passed (%s)",
    async (way, { open, sentryIngest }) => {
      sentryIngest.reply(({ metrics }) => (metrics.length ? { fault: "hang" } : undefined));
      const page = await open({ scripts });
      const isComplete = await page.evaluate(
        async ([chosen, dsn]) => {
          startSentry(chosen, { dsn });
          Sentry.metrics.count("orders");
          return Sentry.flush(100);
        },
        [way, sentryIngest.dsn] as const,
      );
      expect(isComplete).toBe(false);
    },
  );

  test.for(WAYS)(
    "Sentry.close() sends what is pending, and nothing later (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      const logged: string[] = [];
      page.on("console", (message) => logged.push(message.text()));
      const [isComplete, stats] = await page.evaluate(
        async ([chosen, dsn]) => {
          const { integration } = startSentry(chosen, { dsn });
          Sentry.metrics.count("before");
          const isComplete = await Sentry.close();
          Sentry.metrics.count("after");
          await Sentry.flush();
          return [isComplete, integration?.stats()];
        },
        [way, sentryIngest.dsn] as const,
      );
      expect(isComplete).toBe(true);
      if (way === "integration")
        expect(stats).toMatchObject({ recorded: 1, delivered: 1, pending: 0 });
      expect(sentryIngest.metrics.map(({ name }) => name)).toEqual(["before"]);
      expect(logged).toEqual([]);
    },
  );

  test("Sentry.close() with a timeout reports metrics that the last try does not deliver", async ({
    open,
    sentryIngest,
  }) => {
    sentryIngest.reply(({ metrics }) => (metrics.length ? { status: 503 } : undefined));
    const page = await open({ scripts });
    const stats = await page.evaluate(async (dsn) => {
      const drops: unknown[] = [];
      const { integration } = startSentry(
        "integration",
        { dsn },
        { onDrop: ({ reason, metrics }) => drops.push([reason, metrics]) },
      );
      for (let i = 0; i < 3; i++) Sentry.metrics.count("orders");
      const isComplete = await Sentry.close(200);
      while (integration?.stats()?.pending) await new Promise((resolve) => setTimeout(resolve, 10));
      return { isComplete, stats: integration?.stats(), drops };
    }, sentryIngest.dsn);
    expect(stats).toMatchObject({
      isComplete: false,
      stats: { recorded: 3, delivered: 0, dropped: { send_error: 3 } },
      drops: [["send_error", 3]],
    });
  });

  test.for(WAYS)(
    "after a second Sentry.init each client delivers to its own DSN (%s)",
    async (way, { open, sentryIngest }) => {
      const second = await startIngest({ rules: { foreign: true } });
      const page = await open({ scripts });
      await page.evaluate(
        async ([chosen, ...dsns]) => {
          const clients = dsns.map((dsn, i) => {
            const { client } = startSentry(chosen, { dsn });
            Sentry.metrics.count(`of.${i}`);
            return client;
          });
          for (const client of clients) await client.flush();
        },
        [way, sentryIngest.dsn, second.dsn] as const,
      );
      expect(sentryIngest.metrics.map(({ name }) => name)).toEqual(["of.0"]);
      expect(second.metrics.map(({ name }) => name)).toEqual(["of.1"]);
      await second.close();
    },
  );

  test("one integration may be given to several clients; its stats are those of the last", async ({
    open,
    sentryIngest,
  }) => {
    const second = await startIngest({ rules: { foreign: true } });
    const page = await open({ scripts });
    const recorded = await page.evaluate(
      async (dsns) => {
        const integration = SpanmeterSentry.spanmeterIntegration();
        const clients = dsns.map((dsn) => {
          const client = new Sentry.BrowserClient({
            dsn,
            transport: Sentry.makeFetchTransport,
            stackParser: Sentry.defaultStackParser,
            integrations: [integration],
          });
          const scope = new Sentry.Scope();
          scope.setClient(client);
          client.init();
          return { client, scope };
        });
        for (const [i, { scope }] of clients.entries())
          for (let n = 0; n <= i; n++) Sentry.metrics.count(`of.${i}`, 1, { scope });
        for (const { client } of clients) await client.flush();
        return integration.stats()?.recorded;
      },
      [sentryIngest.dsn, second.dsn],
    );
    expect(sentryIngest.metrics.map(({ name }) => name)).toEqual(["of.0"]);
    expect(second.metrics.map(({ name }) => name)).toEqual(["of.1", "of.1"]);
    expect(recorded).toBe(2);
    await second.close();
  });

  test.for(WAYS)(
    "nothing is sent or logged with `enabled: false` (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      const logged: string[] = [];
      page.on("console", (message) => logged.push(message.text()));
      const isComplete = await page.evaluate(
        async ([chosen, dsn]) => {
          startSentry(chosen, { dsn, enabled: false });
          Sentry.metrics.count("orders");
          if (chosen === "integration") SpanmeterSentry.metrics.count("own");
          return Sentry.flush(500);
        },
        [way, sentryIngest.dsn] as const,
      );
      expect(isComplete).toBe(true);
      expect({ sent: sentryIngest.requests.length, logged }).toEqual({ sent: 0, logged: [] });
    },
  );

  test("without a DSN nothing is sent or logged", async ({ open }) => {
    const page = await open({ scripts });
    const logged: string[] = [];
    const sent: string[] = [];
    page.on("console", (message) => logged.push(message.text()));
    page.on("request", (request) => sent.push(request.url()));
    const stats = await page.evaluate(async () => {
      const { integration } = startSentry("integration", { dsn: "" });
      Sentry.metrics.count("orders");
      // This way it is set up in any case.
      Sentry.getClient()?.addIntegration(SpanmeterSentry.spanmeterIntegration());
      await Sentry.flush();
      return integration?.stats()?.recorded ?? 0;
    });
    expect({ stats, sent, logged }).toEqual({ stats: 0, sent: [], logged: [] });
  });

  test.for([...WAYS, "plain"] as const)(
    "`beforeSendMetric` is called once for each metric, and may change or drop it (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      const logged: string[] = [];
      page.on("console", (message) => logged.push(message.text()));
      const [calls, stats] = await page.evaluate(
        async ([chosen, dsn]) => {
          let calls = 0;
          const { client, integration } = startSentry(chosen as Way, {
            dsn,
            beforeSendMetric(metric) {
              calls++;
              if (metric.name === "secret") return null;
              return { ...metric, value: 7, attributes: { ...metric.attributes, changed: true } };
            },
          });
          for (const name of ["orders", "secret", "orders"]) Sentry.metrics.count(name);
          await Sentry.flush();
          // Otherwise sent when the page is hidden.
          (client as unknown as { _flushOutcomes(): void })._flushOutcomes();
          await Sentry.flush();
          return [calls, integration?.stats()];
        },
        [way, sentryIngest.dsn] as const,
      );
      expect({ calls, logged }).toEqual({ calls: 3, logged: [] });
      if (way === "integration") expect(stats).toMatchObject({ recorded: 2, delivered: 2 });
      const changed = { name: "orders", value: 7, attributes: { changed: true } };
      expect(sentryIngest.metrics).toMatchObject([changed, changed]);
      // Sentry 10 does not report it.
      const sentrys = major === 10 ? {} : { "before_send trace_metric": 1 };
      expect(readReports(sentryIngest)).toEqual({ ours: {}, sentrys });
    },
  );

  test.for([...WAYS, "plain"] as const)(
    "a tunnel gets the DSN in the header (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      await page.evaluate(
        async ([chosen, dsn, tunnel]) => {
          startSentry(chosen as Way, { dsn, tunnel });
          Sentry.metrics.count("orders");
          await Sentry.flush();
        },
        [way, "https://public@o1.ingest.sentry.io/42", `${sentryIngest.url}/tunnel`] as const,
      );
      const requests = sentryIngest.requests.filter(({ metrics }) => metrics.length);
      expect(requests).toMatchObject([
        {
          path: "/tunnel",
          envelope: { headers: { dsn: "https://public@o1.ingest.sentry.io/42" } },
        },
      ]);
    },
  );

  test.for([...WAYS, "plain"] as const)(
    "requests have the headers of `transportOptions` (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      await page.evaluate(
        async ([chosen, dsn]) => {
          const transportOptions = { headers: { "x-requested-with": "shop" } };
          startSentry(chosen as Way, { dsn, transportOptions });
          Sentry.metrics.count("orders");
          await Sentry.flush();
        },
        [way, sentryIngest.dsn] as const,
      );
      const requests = sentryIngest.requests.filter(({ metrics }) => metrics.length);
      expect(requests).toMatchObject([{ headers: { "x-requested-with": "shop" } }]);
    },
  );
});

describe("with @sentry/browser 10", async () => {
  const scripts = await behindSentry(10);

  test.for(WAYS)(
    "`enableMetrics: false` records nothing, also not by our `metrics` (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      const stats = await page.evaluate(
        async ([chosen, dsn]) => {
          const options = { dsn, enableMetrics: false };
          const { integration } = startSentry(chosen, options);
          Sentry.metrics.count("orders");
          if (chosen === "integration") SpanmeterSentry.metrics.count("own");
          await Sentry.flush();
          return integration?.stats();
        },
        [way, sentryIngest.dsn] as const,
      );
      expect(sentryIngest.metrics).toEqual([]);
      if (way === "integration") expect(stats).toMatchObject({ recorded: 0, pending: 0 });
    },
  );
});
