import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import type { BrowserContext } from "playwright-core";

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
    entryPoints: [join(import.meta.dirname, "shop-page.ts")],
    bundle: true,
    write: false,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const server = createServer((_, response) =>
    response.setHeader("content-type", "text/html").end("<!doctype html><title>shop</title>"),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ content: outputFiles[0]!.text });
  await page.evaluate(([sender, to]) => runShop(sender!, to!), [BROWSER_SENDER, dsn]);
  await page.close();
  server.closeAllConnections();
  server.close();
}
