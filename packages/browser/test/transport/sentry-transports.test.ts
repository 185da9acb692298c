import { describe, expect } from "vitest";
import { SENTRY_MAJORS, sentryScript, spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const spanmeter = await spanmeterScript();

describe.for(SENTRY_MAJORS)("with @sentry/browser %i", async (major) => {
  const sentry = await sentryScript(major);

  test("its makeFetchTransport sends our metrics", async ({ open, ingest }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    const flushed = await page.evaluate((dsn) => {
      Spanmeter.init({ dsn, transport: Sentry.makeFetchTransport });
      Spanmeter.metrics.count("carried", 2);
      return Spanmeter.flush();
    }, ingest.dsn);
    expect(flushed).toBe(true);
    expect(ingest.metrics).toMatchObject([{ name: "carried", value: 2 }]);
  });

  test("our keepaliveTransport sends its errors, spans and attachments", async ({
    open,
    sentryIngest,
  }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    await page.evaluate(async (dsn) => {
      Sentry.init({ dsn, tracesSampleRate: 1, transport: Spanmeter.keepaliveTransport });
      Sentry.startSpan({ name: "checkout" }, () => {
        Sentry.getCurrentScope().addAttachment({
          filename: "cart.bin",
          data: new Uint8Array([0, 10, 255]),
        });
        Sentry.captureException(new Error("no stock"));
      });
      await Sentry.flush();
    }, sentryIngest.dsn);
    const items = sentryIngest.requests.flatMap(({ envelope }) => envelope?.items ?? []);
    const types = items.map(({ header }) => header["type"]);
    expect(types).toContain("event");
    expect(types.some((type) => type === "transaction" || type === "span")).toBe(true);
    const attachment = items.find(({ header }) => header["type"] === "attachment");
    expect([...(attachment?.payload ?? [])]).toEqual([0, 10, 255]);
  });
});

describe("with @sentry/browser 11", async () => {
  const sentry = await sentryScript(11);

  test("makeMultiplexedTransport sends our metrics to the DSN it chooses", async ({
    open,
    ingest,
  }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    await page.evaluate((dsn) => {
      const transport = Sentry.makeMultiplexedTransport(Sentry.makeFetchTransport, () => [dsn]);
      Spanmeter.init({ dsn: "http://public@127.0.0.1:9/1", transport });
      Spanmeter.metrics.count("carried");
      return Spanmeter.flush();
    }, ingest.dsn);
    expect(ingest.metrics).toMatchObject([{ name: "carried" }]);
  });

  test("makeBrowserOfflineTransport stores our metrics while offline and sends them later", async ({
    open,
    ingest,
    context,
  }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    await context.setOffline(true);
    await page.evaluate((dsn) => {
      const transport = Sentry.makeBrowserOfflineTransport(Sentry.makeFetchTransport);
      Spanmeter.init({ dsn, transport });
      Spanmeter.metrics.count("stored.offline");
      return Spanmeter.flush();
    }, ingest.dsn);
    expect(ingest.requests).toEqual([]);
    await context.setOffline(false);
    await ingest.waitFor(({ metrics }) => metrics.length === 1);
    expect(ingest.metrics).toMatchObject([{ name: "stored.offline" }]);
  });
});
