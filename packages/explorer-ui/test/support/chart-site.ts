import { build } from "esbuild";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { chromiumLaunchOptions } from "../../../../scripts/chromium.mjs";

const ORIGIN = "http://chart.test";
/** That of the explorer. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** A browser, and a page in it that shows charts. */
export interface ChartSite {
  /** Opens the page. */
  readonly open: (options?: BrowserContextOptions) => Promise<Page>;
  /** Ends the browser, and rejects if there were errors in a page: exceptions, or something that its policy forbids. */
  readonly close: () => Promise<void>;
}

/** Bundles the page of `pages/chart-page.tsx`, and starts a browser for it. */
export async function startChartSite(): Promise<ChartSite> {
  const files = await bundle();
  const browser: Browser = await chromium.launch(await chromiumLaunchOptions());
  const errors: string[] = [];
  const open = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ timezoneId: "UTC", locale: "en-US", ...options });
    const page = await context.newPage();
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.addInitScript(() => Object.assign(globalThis, { __spanmeterTest: true }));
    await page.route(`${ORIGIN}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname;
      const file = files.get(path);
      if (!file) return route.fulfill({ status: 404, body: "" });
      await route.fulfill({
        body: file,
        contentType: typeOf(path),
        headers: { "content-security-policy": POLICY },
      });
    });
    await page.goto(`${ORIGIN}/`);
    return page;
  };
  const close = async () => {
    await browser.close();
    if (errors.length > 0) throw new Error(errors.join("\n"));
  };
  return { open, close };
}

const DOCUMENT = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Charts</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script></head><body></body></html>`;

async function bundle(): Promise<ReadonlyMap<string, Buffer>> {
  const { outputFiles } = await build({
    entryPoints: { page: join(import.meta.dirname, "../pages/chart-page.tsx") },
    bundle: true,
    write: false,
    outdir: "/out",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".woff2": "file" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const files = outputFiles.map(
    ({ path, contents }) => [path.replace("/out", ""), Buffer.from(contents)] as const,
  );
  return new Map([["/", Buffer.from(DOCUMENT)], ...files]);
}

const TYPES: Record<string, string> = {
  js: "text/javascript",
  css: "text/css",
  woff2: "font/woff2",
};
const typeOf = (path: string) => TYPES[path.split(".").at(-1) ?? ""] ?? "text/html";
