import type { Page } from "playwright-core";
import { expect } from "vitest";
import { bundle, spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const production = await spanmeterScript();
const development = await bundle("../src/index.ts", {
  globalName: "Spanmeter",
  define: { "process.env.NODE_ENV": '"development"', __DEV__: "true" },
});
/** As a page gets it that imports the package without a bundler. */
const unbundled = await bundle("../src/index.ts", {
  globalName: "Spanmeter",
  // For a browser, esbuild would put a text in the place of `process.env.NODE_ENV` by itself.
  platform: "neutral",
  mainFields: ["module", "main"],
  define: { __DEV__: "true" },
});

/** What a page says on the console while it makes every mistake there is a warning for. */
async function saidBy(page: Page, dsn: string): Promise<string[]> {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.evaluate(async (to) => {
    Spanmeter.init({ dsn: to });
    Spanmeter.metrics.gauge("queue.depth", Number.NaN);
    Spanmeter.metrics.count("checkout-started");
    Spanmeter.metrics.distribution("file.size", 3, { unit: "parsec" });
    await Spanmeter.flush();
  }, dsn);
  return said;
}

test("a development build names what a developer must mend", async ({ open, ingest }) => {
  const said = await saidBy(await open({ scripts: [development] }), ingest.dsn);
  expect(said).toEqual([
    expect.stringContaining("queue.depth"),
    expect.stringContaining("checkout-started"),
    expect.stringContaining("parsec"),
  ]);
});

test("a production build says nothing", async ({ open, ingest }) => {
  expect(await saidBy(await open({ scripts: [production] }), ingest.dsn)).toEqual([]);
});

test("without a bundler there is no `process`, which breaks nothing and counts as production", async ({
  open,
  ingest,
}) => {
  expect(await saidBy(await open({ scripts: [unbundled] }), ingest.dsn)).toEqual([]);
  expect(ingest.metrics).toHaveLength(2);
});

test("a malformed DSN is told once, and nothing is thrown or sent", async ({ open }) => {
  const page = await open({ scripts: [production] });
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  const flushed = await page.evaluate(async () => {
    Spanmeter.init({ dsn: "not a dsn" });
    Spanmeter.metrics.count("checkout.started");
    return Spanmeter.close();
  });
  expect(flushed).toBe(true);
  expect(said).toEqual([expect.stringMatching(/^error: .*not a dsn/)]);
});

test("without a DSN nothing is said, kept or sent", async ({ open }) => {
  const page = await open({ scripts: [production] });
  const said: string[] = [];
  const sent: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("request", (request) => sent.push(request.url()));
  const stats = await page.evaluate(async () => {
    Spanmeter.init();
    Spanmeter.metrics.count("checkout.started");
    await Spanmeter.close();
    return Spanmeter.getClient()?.stats();
  });
  expect(said).toEqual([]);
  expect(sent).toEqual([]);
  expect(stats).toMatchObject({ recorded: 0, pending: 0 });
});
