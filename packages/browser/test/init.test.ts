import { expect } from "vitest";
import { bundle, spanmeterScript } from "./support/bundle.js";
import { test } from "./support/chromium-test.js";

const scripts = [await spanmeterScript()];

test("init sends metrics recorded before it, with the time of the call", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts });
  const recordedAt = await page.evaluate(async (dsn) => {
    const before = Date.now();
    Spanmeter.metrics.count("early");
    const after = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 50));
    Spanmeter.init({ dsn });
    await Spanmeter.flush();
    return [before, after] as const;
  }, ingest.dsn);
  const milliseconds = (ingest.metrics[0]?.timestamp ?? 0) * 1000;
  expect(ingest.metrics).toMatchObject([{ name: "early", value: 1 }]);
  expect(milliseconds).toBeGreaterThanOrEqual(recordedAt[0]);
  expect(milliseconds).toBeLessThanOrEqual(recordedAt[1] + 1);
});

test("a second copy of the package on a page uses the client of the first", async ({
  open,
  ingest,
}) => {
  const copy = await bundle("../src/index.ts", { globalName: "Copy" });
  const page = await open({ scripts: [...scripts, copy] });
  await page.evaluate(async (dsn) => {
    Spanmeter.init({ dsn });
    const { Copy } = globalThis as unknown as { Copy: typeof Spanmeter };
    Copy.metrics.count("from.copy");
    await Copy.flush();
  }, ingest.dsn);
  expect(ingest.metrics).toMatchObject([{ name: "from.copy" }]);
});

test("attributes of the call win over withAttributes, which win over those of the client", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts });
  await page.evaluate(async (dsn) => {
    Spanmeter.init({ dsn, attributes: { a: "client", b: "client", c: "client" } });
    Spanmeter.withAttributes({ b: "around", c: "around" }, () => {
      Spanmeter.metrics.count("inside", 1, { attributes: { c: "call" } });
    });
    Spanmeter.metrics.count("outside");
    await Spanmeter.flush();
  }, ingest.dsn);
  expect(ingest.metrics).toMatchObject([
    { name: "inside", attributes: { a: "client", b: "around", c: "call" } },
    { name: "outside", attributes: { a: "client", b: "client", c: "client" } },
  ]);
});

test("two clients side by side keep their attributes and destinations apart", async ({
  open,
  ingest,
  sentryIngest,
}) => {
  const page = await open({ scripts });
  await page.evaluate(
    async ([one, two]) => {
      const first = Spanmeter.createClient({ dsn: one, attributes: { team: "cart" } });
      const second = Spanmeter.createClient({ dsn: two, attributes: { team: "search" } });
      first.metrics.count("mine");
      second.metrics.count("mine");
      await Promise.all([first.close(), second.close()]);
    },
    [ingest.dsn, sentryIngest.dsn] as const,
  );
  expect(ingest.metrics).toMatchObject([{ attributes: { team: "cart" } }]);
  expect(sentryIngest.metrics).toMatchObject([{ attributes: { team: "search" } }]);
});

test("with spotlight, the local explorer receives a copy, even without a DSN", async ({
  open,
  ingest,
  sentryIngest,
}) => {
  const page = await open({ scripts });
  await page.evaluate(
    async ([dsn, explorer]) => {
      for (const options of [{ dsn, spotlight: explorer }, { spotlight: explorer }]) {
        const client = Spanmeter.createClient(options);
        client.metrics.count(options.dsn ? "both" : "explorer.only");
        await client.close();
      }
    },
    [ingest.dsn, `${sentryIngest.url}/stream`] as const,
  );
  expect(ingest.metrics).toMatchObject([{ name: "both" }]);
  expect(sentryIngest.metrics).toMatchObject([{ name: "both" }, { name: "explorer.only" }]);
  expect(sentryIngest.requests.map(({ path }) => path)).toEqual(["/stream", "/stream"]);
});

test("a tunnel receives the envelope with the DSN in its header", async ({ open, ingest }) => {
  const page = await open({ scripts });
  const dsn = "https://public@sentry.invalid/1";
  await page.evaluate(
    async ([to, tunnel]) => {
      Spanmeter.init({ dsn: to, tunnel });
      Spanmeter.metrics.count("through.tunnel");
      await Spanmeter.flush();
    },
    [dsn, `${ingest.url}/metrics-tunnel`] as const,
  );
  expect(ingest.metrics).toMatchObject([{ name: "through.tunnel" }]);
  expect(ingest.requests[0]).toMatchObject({ path: "/metrics-tunnel", query: {} });
  expect(ingest.requests[0]?.envelope?.headers).toMatchObject({ dsn });
});

const consents = [
  [false, "never"],
  [true, "auto"],
] as const;

test.for(consents)(
  "with sendDefaultPii: %s, ingest settings ask Relay to infer address and user agent: %s",
  async ([pii, infer], { open, ingest }) => {
    const page = await open({ scripts });
    await page.evaluate(
      async ([dsn, sendDefaultPii]) => {
        Spanmeter.init({ dsn, sendDefaultPii });
        Spanmeter.metrics.count("page.viewed");
        await Spanmeter.flush();
      },
      [ingest.dsn, pii] as const,
    );
    expect(ingest.requests[0]?.envelope?.items[0]?.json).toMatchObject({
      version: 2,
      ingest_settings: { infer_ip: infer, infer_user_agent: infer },
    });
  },
);
