import { startIngest } from "@spanmeter/testing";
import { describe, expect } from "vitest";
import { behindSentry, MAJORS_WITH_METRICS } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";
import { countNumbers, readReports } from "./observe.js";

const WAYS = ["integration", "transport"] as const;

describe.for(MAJORS_WITH_METRICS)("with @sentry/browser %i", async (major) => {
  const scripts = await behindSentry(major);

  test.for(WAYS)(
    "makeBrowserOfflineTransport stores metrics while offline, and each arrives once (%s)",
    async (way, { open, sentryIngest, context }) => {
      const page = await open({ scripts });
      await page.evaluate(
        async ([chosen, dsn]) => {
          const transport = Sentry.makeBrowserOfflineTransport(Sentry.makeFetchTransport);
          startSentry(chosen, { dsn, transport });
          for (let i = 0; i < 10; i++) Sentry.metrics.count("a", 1, { attributes: { i } });
          await Sentry.flush();
        },
        [way, sentryIngest.dsn] as const,
      );
      expect(sentryIngest.metrics).toHaveLength(10);
      await context.setOffline(true);
      await page.evaluate(async () => {
        for (let i = 10; i < 20; i++) Sentry.metrics.count("a", 1, { attributes: { i } });
        await Sentry.flush(500);
      });
      await context.setOffline(false);
      await sentryIngest.waitFor(({ metrics }) => metrics.length >= 20);
      // Whatever is stored leaves before or with the next metrics.
      await page.evaluate(async () => {
        Sentry.metrics.count("a", 1, { attributes: { i: 20 } });
        await Sentry.flush();
      });
      await sentryIngest.waitFor(({ metrics }) => metrics.length >= 21);
      expect(countNumbers(sentryIngest.metrics)).toEqual({ distinct: 21, twice: 0 });
      expect(readReports(sentryIngest)).toEqual({ ours: {}, sentrys: {} });
    },
  );

  test.for(WAYS)(
    "makeMultiplexedTransport sends each metric once, to the DSN it chooses (%s)",
    async (way, { open, sentryIngest }) => {
      const other = await startIngest({ rules: { foreign: true } });
      const page = await open({ scripts });
      await page.evaluate(
        async ([chosen, dsn, otherDsn]) => {
          const transport = Sentry.makeMultiplexedTransport(Sentry.makeFetchTransport, () => [
            otherDsn,
          ]);
          startSentry(chosen, { dsn, transport });
          for (let i = 0; i < 10; i++) Sentry.metrics.count("a", 1, { attributes: { i } });
          await Sentry.flush();
        },
        [way, sentryIngest.dsn, other.dsn] as const,
      );
      expect(countNumbers(other.metrics)).toEqual({ distinct: 10, twice: 0 });
      expect(sentryIngest.metrics).toEqual([]);
      await other.close();
    },
  );

  test.for(WAYS)(
    "makeMultiplexedTransport without a choice sends each metric once, to the client's DSN (%s)",
    async (way, { open, sentryIngest }) => {
      const page = await open({ scripts });
      await page.evaluate(
        async ([chosen, dsn]) => {
          const transport = Sentry.makeMultiplexedTransport(Sentry.makeFetchTransport);
          startSentry(chosen, { dsn, transport });
          for (let i = 0; i < 10; i++) Sentry.metrics.count("a", 1, { attributes: { i } });
          await Sentry.flush();
        },
        [way, sentryIngest.dsn] as const,
      );
      expect(countNumbers(sentryIngest.metrics)).toEqual({ distinct: 10, twice: 0 });
    },
  );

  test("a transport that is a class works through the queue", async ({ open, sentryIngest }) => {
    const page = await open({ scripts });
    const [stats, sends] = await page.evaluate(async (dsn) => {
      type Inner = ReturnType<typeof Sentry.makeFetchTransport>;
      let sends = 0;
      class OwnTransport {
        readonly #inner: Inner;
        constructor(options: Parameters<typeof Sentry.makeFetchTransport>[0]) {
          this.#inner = Sentry.makeFetchTransport(options);
        }
        send(envelope: Parameters<Inner["send"]>[0]): ReturnType<Inner["send"]> {
          sends++;
          return this.#inner.send(envelope);
        }
        flush(timeout?: number): ReturnType<Inner["flush"]> {
          return this.#inner.flush(timeout);
        }
      }
      const { integration } = startSentry("integration", {
        dsn,
        defaultIntegrations: false,
        transport: (options) => new OwnTransport(options),
      });
      Sentry.metrics.count("orders");
      Sentry.captureMessage("hello");
      await Sentry.flush();
      return [integration?.stats(), sends];
    }, sentryIngest.dsn);
    expect(stats).toMatchObject({ recorded: 1, delivered: 1 });
    expect(sends).toBe(2);
    expect(sentryIngest.metrics).toMatchObject([{ name: "orders" }]);
  });

  const odd = [
    ["integration", "is frozen"],
    ["integration", "throws when it is made again"],
    ["transport", "throws when it is made again"],
  ] as const;
  test.for(odd)(
    "by the %s, a transport that %s goes on without the queue, and one line says so",
    async ([way, kind], { open, sentryIngest }) => {
      const page = await open({ scripts });
      const logged: string[] = [];
      page.on("console", (message) => logged.push(`${message.type()}: ${message.text()}`));
      const errors: Error[] = [];
      page.on("pageerror", (error) => errors.push(error));
      await page.evaluate(
        async ([how, chosen, dsn]) => {
          let made = 0;
          startSentry(how, {
            dsn,
            defaultIntegrations: false,
            transport(options) {
              if (made++ && chosen !== "is frozen") throw new Error("only one, please");
              const transport = Sentry.makeFetchTransport(options);
              return chosen === "is frozen" ? Object.freeze(transport) : transport;
            },
          });
          Sentry.metrics.count("orders");
          Sentry.captureMessage("hello");
          await Sentry.flush();
        },
        [way, kind, sentryIngest.dsn] as const,
      );
      expect(sentryIngest.metrics).toMatchObject([{ name: "orders" }]);
      expect(sentryIngest.requests).toHaveLength(2);
      expect(logged).toEqual([
        expect.stringMatching(/^error: \[spanmeter\] Sentry\.metrics are sent without Spanmeter: /),
      ]);
      expect(errors).toEqual([]);
    },
  );
});
