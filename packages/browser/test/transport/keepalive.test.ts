import type { Page } from "playwright-core";
import { expect, vi } from "vitest";
import { keepaliveTransport } from "../../src/transport/keepalive.js";
import { spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const spanmeter = await spanmeterScript();

test("needs no preflight, sends no cookie and only the origin as referrer", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts: [spanmeter] });
  await page.goto(`${page.url()}?secret=1`);
  await page.evaluate(async (dsn) => {
    document.cookie = "session=secret; path=/";
    Spanmeter.init({ dsn });
    Spanmeter.metrics.count("checkout.started");
    await Spanmeter.flush();
  }, ingest.dsn);
  expect(ingest.metrics).toMatchObject([{ name: "checkout.started", value: 1 }]);
  expect(ingest.preflights).toEqual([]);
  const headers = ingest.requests[0]?.headers ?? {};
  expect(headers.referer).toBe(new URL("/", page.url()).href);
  expect(headers).not.toHaveProperty("cookie");
  expect(headers["content-type"]).toBe("text/plain;charset=UTF-8");
});

test("adds the headers and the request settings of transportOptions", async ({ open, ingest }) => {
  const page = await open({ scripts: [spanmeter] });
  await page.evaluate(async (dsn) => {
    const headers = { "x-requested-with": "shop" };
    const fetchOptions = { referrerPolicy: "no-referrer" };
    Spanmeter.init({ dsn, transportOptions: { headers, fetchOptions } });
    Spanmeter.metrics.count("checkout.started");
    await Spanmeter.flush();
  }, ingest.dsn);
  expect(ingest.metrics).toHaveLength(1);
  expect(ingest.requests[0]?.headers).toMatchObject({ "x-requested-with": "shop" });
  expect(ingest.requests[0]?.headers).not.toHaveProperty("referer");
});

test("uses keepalive while the budget has room, and sends without it otherwise", async ({
  open,
  sentryIngest,
}) => {
  const page = await open({ scripts: [spanmeter] });
  const keepalive = await page.evaluate(async (dsn) => {
    const flags: unknown[] = [];
    const real = fetch;
    globalThis.fetch = (input, init) => {
      flags.push(init?.keepalive);
      return real(input, init);
    };
    const url = `${new URL(dsn).origin}/api/1/envelope/?sentry_version=7&sentry_key=public`;
    const recordDroppedEvent = (): void => {};
    const transport = Spanmeter.keepaliveTransport({ url, recordDroppedEvent });
    const send = (bytes: number) =>
      transport.send([{}, [[{ type: "statsd" }, "x".repeat(bytes)]]] as never);
    await Promise.all([send(30_000), send(29_000), send(2_000), send(100)]);
    const first = flags.splice(0);
    // Their bytes are released with the end of the bodies, a moment after the answers.
    while (!flags.includes(true)) await send(50_000);
    return first;
  }, sentryIngest.dsn);
  expect(keepalive).toEqual([true, true, false, true]);
});

/** Uses up the browser's keepalive budget and sends a metric. */
async function sendBesideOthers(page: Page, dsn: string, silence: string): Promise<void> {
  await page.evaluate(
    async ([to, other]) => {
      void fetch(other, { method: "POST", body: "x".repeat(65_000), keepalive: true });
      if (!Spanmeter.getClient()) Spanmeter.init({ dsn: to });
      Spanmeter.metrics.count("checkout.started", 1, { attributes: { note: "x".repeat(1_000) } });
      await Spanmeter.flush();
    },
    [dsn, silence] as const,
  );
}

test("sends metrics although other scripts have used up the browser's keepalive budget", async ({
  open,
  ingest,
  silence,
}) => {
  const page = await open({ scripts: [spanmeter] });
  await sendBesideOthers(page, ingest.dsn, silence.url);
  await ingest.waitFor(({ metrics }) => metrics.length === 1);
  expect(ingest.metrics).toMatchObject([{ name: "checkout.started" }]);
});

test("sends without keepalive immediately if the server has answered before", async ({
  open,
  ingest,
  silence,
}) => {
  const page = await open({ scripts: [spanmeter] });
  await page.evaluate(async (dsn) => {
    Spanmeter.init({ dsn });
    Spanmeter.metrics.count("page.viewed");
    await Spanmeter.flush();
  }, ingest.dsn);
  await sendBesideOthers(page, ingest.dsn, silence.url);
  expect(ingest.metrics).toMatchObject([{ name: "page.viewed" }, { name: "checkout.started" }]);
});

test("aborts a request at its timeout and releases its bytes", async ({ open, silence }) => {
  const page = await open({ scripts: [spanmeter] });
  const keepalive = await page.evaluate(async (url) => {
    const flags: unknown[] = [];
    const real = fetch;
    globalThis.fetch = (input, init) => {
      flags.push(init?.keepalive);
      return real(input, init);
    };
    const recordDroppedEvent = (): void => {};
    const transport = Spanmeter.keepaliveTransport({ url, recordDroppedEvent, timeout: 50 });
    const failed = async (bytes: number): Promise<boolean> => {
      const sent = transport.send([{}, [[{ type: "statsd" }, "x".repeat(bytes)]]]);
      return Promise.resolve(sent).then(
        () => false,
        () => true,
      );
    };
    // Together they exceed our budget, but not the browser's, which is updated a moment after the end.
    const answers = [await failed(50_000), await failed(11_000)];
    return { answers, flags };
  }, silence.url);
  expect(keepalive).toEqual({ answers: [true, true], flags: [true, true] });
});

test("rejects with a clear message where there is no fetch", async () => {
  vi.stubGlobal("fetch", undefined);
  const transport = keepaliveTransport({ url: "http://127.0.0.1:9/", recordDroppedEvent() {} });
  const sent = transport.send([{}, [[{ type: "statsd" }, "x"]]] as never);
  await expect(sent).rejects.toThrow("Spanmeter needs `fetch`");
  vi.unstubAllGlobals();
});
