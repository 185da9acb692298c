import type { Page } from "playwright-core";
import { expect } from "vitest";
import { bundle, spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const production = await spanmeterScript();
const development = await bundle("../src/index.ts", {
  globalName: "Spanmeter",
  define: { "process.env.NODE_ENV": '"development"', __DEV__: "true" },
});
/** The package as a page loads it without a bundler. */
const unbundled = await bundle("../src/index.ts", {
  globalName: "Spanmeter",
  // With the platform `browser`, esbuild would replace `process.env.NODE_ENV` itself.
  platform: "neutral",
  mainFields: ["module", "main"],
  define: { __DEV__: "true" },
});

/** Makes every mistake that causes a warning, and returns what the page logs. */
async function logMistakes(page: Page, dsn: string): Promise<string[]> {
  const logged: string[] = [];
  page.on("console", (message) => logged.push(message.text()));
  await page.evaluate(async (to) => {
    Spanmeter.init({ dsn: to });
    Spanmeter.metrics.gauge("queue.depth", Number.NaN);
    Spanmeter.metrics.count("checkout-started");
    Spanmeter.metrics.distribution("file.size", 3, { unit: "parsec" });
    await Spanmeter.flush();
  }, dsn);
  return logged;
}

test("a development build logs a warning for each mistake", async ({ open, ingest }) => {
  const logged = await logMistakes(await open({ scripts: [development] }), ingest.dsn);
  expect(logged).toEqual([
    expect.stringContaining("queue.depth"),
    expect.stringContaining("checkout-started"),
    expect.stringContaining("parsec"),
  ]);
});

test("a production build logs nothing", async ({ open, ingest }) => {
  expect(await logMistakes(await open({ scripts: [production] }), ingest.dsn)).toEqual([]);
});

test("without a bundler, a missing `process` counts as production", async ({ open, ingest }) => {
  expect(await logMistakes(await open({ scripts: [unbundled] }), ingest.dsn)).toEqual([]);
  expect(ingest.metrics).toHaveLength(2);
});

test("a malformed DSN is logged once, and nothing is thrown or sent", async ({ open }) => {
  const page = await open({ scripts: [production] });
  const logged: string[] = [];
  page.on("console", (message) => logged.push(`${message.type()}: ${message.text()}`));
  const flushed = await page.evaluate(async () => {
    Spanmeter.init({ dsn: "not a dsn" });
    Spanmeter.metrics.count("checkout.started");
    return Spanmeter.close();
  });
  expect(flushed).toBe(true);
  expect(logged).toEqual([expect.stringMatching(/^error: .*not a dsn/)]);
});

test("without a DSN nothing is logged, buffered or sent", async ({ open }) => {
  const page = await open({ scripts: [production] });
  const logged: string[] = [];
  const sent: string[] = [];
  page.on("console", (message) => logged.push(message.text()));
  page.on("request", (request) => sent.push(request.url()));
  const stats = await page.evaluate(async () => {
    Spanmeter.init();
    Spanmeter.metrics.count("checkout.started");
    await Spanmeter.close();
    return Spanmeter.getClient()?.stats();
  });
  expect(logged).toEqual([]);
  expect(sent).toEqual([]);
  expect(stats).toMatchObject({ recorded: 0, pending: 0 });
});
