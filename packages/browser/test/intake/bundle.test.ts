import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import ts from "typescript";
import { beforeAll, describe, expect } from "vitest";
import { sentryScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const root = join(import.meta.dirname, "../../../..");
const dist = join(root, "packages/browser/dist");
const run = promisify(execFile);

/** An application's bundle of the published file, with these of its exports as the global `SpanmeterSentry`. */
async function bundleExports(names: string, file = "sentry.production.js"): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names} } from "./${file}";`, resolveDir: dist },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    globalName: "SpanmeterSentry",
    platform: "browser",
    define: { "process.env.NODE_ENV": '"production"' },
    tsconfigRaw: "{}",
  });
  return outputFiles[0]?.text ?? "";
}

/** A text that only the named code contains. */
const MARKS = {
  "the recorder": '"sampleRate"',
  "the trace of OpenTelemetry": "opentelemetry.js.api.1",
  "the reader of Sentry's carrier": "__SENTRY__",
  folding: "spanmeter.overflow",
  storage: "localStorage",
  "the page end": "pagehide",
  "the explorer": "localhost:8969",
};
const RECORDER = ["the recorder", "the trace of OpenTelemetry", "the reader of Sentry's carrier"];
const PARTS = ["folding", "storage", "the page end", "the explorer"];

const contentsOf = (code: string): string[] =>
  Object.entries(MARKS)
    .filter(([, mark]) => code.includes(mark))
    .map(([name]) => name);

describe.for(["sentry.production.js", "sentry.production.cjs"])("a bundle of %s", (file) => {
  test("contains what is behind the names that it imports", async () => {
    const isModule = file.endsWith(".js");
    const all = Object.keys(MARKS);
    const found = {
      integration: contentsOf(await bundleExports("spanmeterIntegration", file)),
      lean: contentsOf(await bundleExports("leanSpanmeterIntegration", file)),
      folding: contentsOf(await bundleExports("leanSpanmeterIntegration, folding", file)),
      storage: contentsOf(await bundleExports("leanSpanmeterIntegration, pageStorage", file)),
      metrics: contentsOf(await bundleExports("leanSpanmeterIntegration, metrics", file)),
      wrapper: contentsOf(await bundleExports("makeMetricsTransport", file)),
    };
    // Bundlers take a CommonJS file as a whole.
    if (!isModule) {
      for (const contents of Object.values(found)) expect(contents).toEqual(all);
      return;
    }
    expect(found).toEqual({
      integration: PARTS,
      lean: [],
      folding: ["folding"],
      storage: ["storage", "the page end"],
      metrics: RECORDER,
      wrapper: ["the reader of Sentry's carrier", ...PARTS],
    });
  });
});

/** The texts of a script that have at least four words. */
function sentencesOf(code: string): string[] {
  const file = ts.createSourceFile("file.js", code, ts.ScriptTarget.ESNext);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
    const text = isText ? node.getText(file).slice(1, -1) : "";
    if (/^\[?\w.* \w+ \w+ \w/.test(text)) found.add(text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found].sort();
}

test("the published files for production contain errors, and no sentences for developers", async () => {
  for (const file of ["sentry.production.js", "sentry.production.cjs"])
    expect(sentencesOf(await readFile(join(dist, file), "utf8"))).toEqual([
      "OpenTelemetry Context Key SPAN",
      "Sentry.metrics are sent without Spanmeter:",
      "[spanmeter] keyedHash() needs a secret, text that is not empty: the attributes are left out.",
      "a call could not be recorded",
      "a folded metric could not be sent",
      "a function of the platform threw",
      "a metric of the Sentry SDK could not be read",
      "a scope or trace source threw",
      "reading the Sentry SDK threw",
    ]);
  const core = await readFile(join(root, "packages/core/dist/index.js"), "utf8");
  expect(sentencesOf(core).join()).toContain("Update to Sentry 10 or 11");
});

const NAMES =
  "attributeRules,fold,folding,keyedHash,leanSpanmeterIntegration,makeMetricsTransport,metrics,pageStorage,raw,reservoir,sample,spanmeterIntegration,spotlight";

describe("on a server", () => {
  /** Loads the package in a process of its own, and returns what it prints. */
  const load = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await run(process.execPath, args, {
      cwd: join(root, "packages/browser"),
    });
    return (stdout + stderr).trim();
  };
  const before = "const names = Object.getOwnPropertyNames(globalThis).length;";
  const use = `
    loaded.metrics.count("a");
    loaded.spanmeterIntegration();
    loaded.leanSpanmeterIntegration();
    console.log(Object.keys(loaded).filter((name) => name !== "default").sort().join());
    // The process ends by itself: nothing keeps it alive.
    console.log(Object.getOwnPropertyNames(globalThis).length - names);
  `;

  test("an ESM import does nothing, and neither does an integration without a client", async () => {
    const code = `${before} const loaded = await import("@spanmeter/browser/sentry"); ${use}`;
    expect(await load("--input-type=module", "-e", code)).toBe(`${NAMES}\n0`);
  });

  test("so does a CommonJS require", async () => {
    const code = `${before} const loaded = require("@spanmeter/browser/sentry"); ${use}`;
    expect(await load("--input-type=commonjs", "-e", code)).toBe(`${NAMES}\n0`);
  });
});

describe("leanSpanmeterIntegration()", async () => {
  const sentry = await sentryScript(11);
  let lean = "";
  let withParts = "";
  beforeAll(async () => {
    lean = await bundleExports("leanSpanmeterIntegration");
    withParts = await bundleExports("leanSpanmeterIntegration, folding, pageStorage, metrics");
  });

  test("delivers once, after failures too", async ({ open, sentryIngest }) => {
    const next = [{ status: 503 }];
    sentryIngest.reply(({ metrics }) => (metrics.length ? next.shift() : undefined));
    const page = await open({ scripts: [sentry, lean] });
    await page.evaluate(async (dsn) => {
      Sentry.init({ dsn, integrations: [SpanmeterSentry.leanSpanmeterIntegration()] });
      Sentry.metrics.count("orders", 2, { attributes: { plan: "pro" } });
      await Sentry.flush();
    }, sentryIngest.dsn);
    await sentryIngest.waitFor(({ metrics }) => metrics.length > 0);
    await page.evaluate(() => Sentry.close());
    expect(sentryIngest.metrics).toMatchObject([
      { name: "orders", value: 2, attributes: { plan: "pro" } },
    ]);
  });

  test("drops what finds no room, and reports it", async ({ open, sentryIngest }) => {
    const page = await open({ scripts: [sentry, lean] });
    const stats = await page.evaluate(async (dsn) => {
      const integration = SpanmeterSentry.leanSpanmeterIntegration({ maxQueueItems: 10 });
      Sentry.init({ dsn, integrations: [integration] });
      for (let i = 0; i < 25; i++) Sentry.metrics.count("orders");
      await Sentry.flush();
      return integration.stats();
    }, sentryIngest.dsn);
    expect(stats).toMatchObject({
      recorded: 25,
      delivered: 10,
      dropped: { buffer_overflow: 15 },
    });
    expect(sentryIngest.metrics).toHaveLength(10);
  });

  test("folds, stores and records with the parts that it is given; others are skipped", async ({
    open,
    sentryIngest,
    context,
  }) => {
    const page = await open({ scripts: [sentry, withParts] });
    await context.setOffline(true);
    await page.evaluate(async (dsn) => {
      const { folding, leanSpanmeterIntegration, metrics, pageStorage } = SpanmeterSentry;
      const integration = leanSpanmeterIntegration({
        maxQueueItems: 10,
        parts: [folding(), false, pageStorage(), undefined],
      });
      Sentry.init({ dsn, integrations: [integration] });
      for (let i = 0; i < 25; i++) Sentry.metrics.count("orders");
      metrics.count("own", 3);
    }, sentryIngest.dsn);
    const { origin } = new URL(page.url());
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`${origin}/`);
    await again.evaluate(async (dsn) => {
      const parts = [SpanmeterSentry.pageStorage()];
      const integration = SpanmeterSentry.leanSpanmeterIntegration({ parts });
      Sentry.init({ dsn, integrations: [integration] });
    }, sentryIngest.dsn);
    await sentryIngest.waitFor(
      ({ metrics }) => metrics.reduce((sum, { value }) => sum + value, 0) >= 28,
    );
    const orders = sentryIngest.metrics.filter(({ name }) => name === "orders");
    expect(orders.reduce((sum, { value }) => sum + value, 0)).toBe(25);
    expect(orders.length).toBeLessThan(25);
    expect(sentryIngest.metrics).toContainEqual(expect.objectContaining({ name: "own", value: 3 }));
  });
});
