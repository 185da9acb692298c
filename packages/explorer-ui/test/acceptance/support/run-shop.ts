import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import type { BrowserContext } from "playwright-core";
import { startSite } from "./site.js";

const runProgram = promisify(execFile);
const APP = fileURLToPath(new URL("./shop-app.mjs", import.meta.url));

/** The SDKs with which the shop runs in node. */
export const NODE_SENDERS = ["sentry-10", "sentry-11", "spanmeter"] as const;
/** The name of the shop in a page. */
export const BROWSER_SENDER = "browser-11";

/** Runs the shop with a real SDK in a process of its own. */
export const runNodeShop = (sender: string, dsn: string): Promise<unknown> =>
  runProgram(process.execPath, [APP, sender, dsn]);

/** Runs the shop with `@sentry/browser` on a page of another origin than the explorer's. */
export async function runBrowserShop(context: BrowserContext, dsn: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "../../pages/shop-page.ts")],
    bundle: true,
    write: false,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  using site = await startSite("<!doctype html><title>shop</title>");
  const page = await context.newPage();
  await page.goto(site.url);
  await page.addScriptTag({ content: outputFiles[0]!.text });
  await page.evaluate(([sender, to]) => runShop(sender!, to!), [BROWSER_SENDER, dsn]);
  await page.close();
}
