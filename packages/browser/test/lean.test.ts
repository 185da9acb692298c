import { build } from "esbuild";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, vi } from "vitest";
import type * as lean from "../src/lean.js";
import { sentryScript } from "./support/bundle.js";
import { test } from "./support/chromium-test.js";

declare global {
  const Lean: typeof lean;
}

const root = join(import.meta.dirname, "../../..");

/** An application's bundle of the published file, with these of its exports as the global `Lean`. */
async function bundleLean(names: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { ${names} } from "@spanmeter/browser/lean";`,
      resolveDir: join(root, "packages/runtimes"),
    },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    globalName: "Lean",
    define: { "process.env.NODE_ENV": '"production"' },
    conditions: ["production"],
    alias: { "@spanmeter/browser/lean": join(root, "packages/browser/dist/lean.production.js") },
    tsconfigRaw: "{}",
  });
  return outputFiles[0]?.text ?? "";
}

let base = "";
let full = "";
beforeAll(async () => {
  base = await bundleLean("init, metrics, flush");
  full = await bundleLean(
    "init, metrics, flush, sentry, openTelemetry, pageTrace, sampling, beforeSend, trimming, folding, waitForSentry, pageStorage, spotlight",
  );
});

describe("a bundle of the base", () => {
  /** A text that only the named part contains. */
  test.for([
    ["folding", "spanmeter.overflow"],
    ["sampling", "sentry.client_sample_rate"],
    ["sentry", "__SENTRY__"],
    ["openTelemetry", "opentelemetry.js.api.1"],
    ["pageTrace", "traceparent"],
    ["pageStorage", "localStorage"],
    ["spotlight", "localhost:8969"],
    ["sentry (replay)", "sentry.replay_id"],
  ])("leaves out %s", ([, text]) => {
    expect(full).toContain(text);
    expect(base).not.toContain(text);
  });

  test("delivers with nothing but a DSN, also when the page is left", async ({ open, ingest }) => {
    const page = await open({ scripts: [base] });
    await page.evaluate((dsn) => {
      Lean.init({ dsn, attributes: { shop: 1 } });
      Lean.metrics.count("a", 2, { attributes: { b: true } });
    }, ingest.dsn);
    await page.goto(new URL("/next", page.url()).href);
    await ingest.waitFor(({ metrics }) => metrics.length > 0);
    expect(ingest.metrics).toMatchObject([
      { name: "a", value: 2, attributes: { shop: 1, b: true } },
    ]);
  });

  test("counts calls before init, and reports them as lost", async ({ open, ingest }) => {
    const page = await open({ scripts: [base] });
    const drops = await page.evaluate(async (dsn) => {
      const drops: unknown[] = [];
      for (let i = 0; i < 7; i++) Lean.metrics.count("early");
      const client = Lean.init({ dsn, onDrop: (drop) => drops.push(drop) });
      await Lean.flush();
      return [drops, client.stats()];
    }, ingest.dsn);
    expect(drops).toMatchObject([
      [{ reason: "buffer_overflow", metrics: 7 }],
      { recorded: 7, pending: 0, dropped: { buffer_overflow: 7 } },
    ]);
    const reports = ingest.requests.flatMap(({ envelope }) => envelope?.clientReports ?? []);
    expect(reports.flatMap(({ discarded }) => discarded)).toContainEqual(
      expect.objectContaining({ reason: "buffer_overflow", quantity: 7 }),
    );
  });

  test("sends nothing when beforeSendMetric has no part", async ({ open, ingest }) => {
    const page = await open({ scripts: [base] });
    const stats = await page.evaluate(async (dsn) => {
      const client = Lean.init({ dsn, beforeSendMetric: () => null });
      Lean.metrics.count("secret");
      await Lean.flush();
      return client.stats();
    }, ingest.dsn);
    expect(stats).toMatchObject({ recorded: 0 });
    expect(ingest.requests).toEqual([]);
  });
});

test("with sentry() and pageStorage() a metric has the span's trace, and outlives an offline page", async ({
  open,
  sentryIngest: ingest,
}) => {
  const scripts = [
    await sentryScript(11),
    await bundleLean("init, metrics, flush, sentry, pageStorage"),
  ];
  const page = await open({
    scripts,
    resources: { "/next": scripts.map((script) => `<script>${script}</script>`).join("") },
  });
  await page.context().setOffline(true);
  const spanId = await page.evaluate((dsn) => {
    Sentry.init({ dsn, release: "shop@1", tracesSampleRate: 1 });
    Lean.init({ parts: [Lean.sentry(), Lean.pageStorage()] });
    return Sentry.startSpan({ name: "span" }, (span) => {
      Lean.metrics.count("stored");
      return span.spanContext().spanId;
    });
  }, ingest.dsn);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide")));
  expect(await page.evaluate(() => Object.keys(localStorage))).toHaveLength(1);
  await page.context().setOffline(false);
  await page.goto(new URL("/next", page.url()).href);
  await page.evaluate((dsn) => {
    Lean.init({ dsn, parts: [Lean.sentry(), Lean.pageStorage()] });
  }, ingest.dsn);
  await ingest.waitFor(({ metrics }) => metrics.length > 0);
  expect(ingest.metrics).toMatchObject([
    { name: "stored", spanId, attributes: { "sentry.release": "shop@1" } },
  ]);
});

test("with every part it sends what the full package sends", async ({ open, ingest }) => {
  const page = await open({ scripts: [full] });
  await page.evaluate(async (dsn) => {
    const { init, metrics, flush, ...parts } = Lean;
    init({
      dsn,
      maxQueueItems: 5,
      beforeSendMetric: (metric) => ({ ...metric, attributes: { ...metric.attributes, seen: 1 } }),
      parts: Object.values(parts as unknown as Record<string, () => lean.PagePart>).map((make) =>
        make(),
      ),
    });
    for (let i = 0; i < 9; i++) metrics.count("folded");
    await flush();
  }, ingest.dsn);
  const total = ingest.metrics.reduce((sum, { value }) => sum + value, 0);
  expect(total).toBe(9);
  expect(ingest.metrics.length).toBeLessThan(9);
  expect(ingest.metrics.every(({ attributes }) => attributes["seen"] === 1)).toBe(true);
});

test("the package exports the parts by name", async () => {
  expect(Object.keys(await import("../dist/lean.js")).sort()).toEqual(
    "attributeRules beforeSend close consoleTransport createClient fanOut flush fold folding getClient init keepaliveTransport keyedHash memoryTransport metrics openTelemetry pageStorage pageTrace raw reservoir sample sampling sentry setAttributes spotlight trimming waitForSentry withAttributes".split(
      " ",
    ),
  );
});

const dist = new URL("../dist/", import.meta.url);
const load = async (file: string): Promise<typeof lean> =>
  file.endsWith(".cjs")
    ? (createRequire(import.meta.url)(new URL(file, dist).pathname) as typeof lean)
    : ((await import(/* @vite-ignore */ new URL(file, dist).href)) as typeof lean);

describe.for(["lean.js", "lean.cjs", "lean.production.js", "lean.production.cjs"])(
  "%s on a server, with hostile options",
  (file) => {
    test.for<[string, unknown]>([
      ["nothing", undefined],
      ["null", null],
      ["parts that are null", { parts: null }],
      ["parts that are no list", { parts: 7 }],
      ["parts that are missing, or not called", { parts: [undefined, false, null, () => ({})] }],
      [
        "a getter that throws",
        {
          get parts() {
            throw new Error("hostile");
          },
        },
      ],
      [
        "an option that throws",
        {
          get release() {
            throw new Error("hostile");
          },
        },
      ],
    ])("init never throws: %s", async ([, options]) => {
      vi.spyOn(console, "error").mockImplementation(() => {});
      const api = await load(file);
      const client = api.createClient(options as lean.LeanOptions);
      client.metrics.count("a");
      expect(await client.flush(100)).toBe(true);
      expect(client.stats()).toMatchObject({ recorded: 0 });
      await client.close(100);
      vi.restoreAllMocks();
    });
  },
);
