// Measures a page in Chromium: the time of its main thread, which its visitors wait for.
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { chromiumLaunchOptions } from "../../scripts/chromium.mjs";

/** The folder from which Spanmeter's packages resolve, because bench does not depend on them. */
const workspace = join(import.meta.dirname, "../../packages/browser");

const scripts = {
  spanmeter: `
    import { init, metrics } from "@spanmeter/browser";
    const client = init({ dsn, release: "shop@1", environment: "production" });
    window.peer = { metrics, flush: () => client.flush(10_000) };`,
  "@sentry/browser": `
    import { init, metrics, flush } from "@sentry/browser";
    init({ dsn, release: "shop@1", environment: "production" });
    window.peer = { metrics, flush: () => flush(10_000) };`,
};

/** Calls of a page with three attributes that recur. */
const common = `
  const routes = ["/", "/cart", "/search", "/pay"];
  window.record = (count) => {
    for (let i = 0; i < count; i++)
      peer.metrics.distribution("page.render", (i % 500) / 4, {
        unit: "millisecond",
        attributes: { route: routes[i % 4], cached: i % 2 === 0, parts: i % 7 },
      });
  };`;

async function bundle(name, dsn) {
  const { outputFiles } = await build({
    stdin: {
      contents: scripts[name] + common,
      resolveDir: name === "spanmeter" ? workspace : import.meta.dirname,
    },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    conditions: ["production", "module"],
    define: { "process.env.NODE_ENV": '"production"', dsn: JSON.stringify(dsn) },
    tsconfigRaw: "{}",
    logLevel: "error",
  });
  return outputFiles[0].text;
}

/** Serves the page and takes its envelopes. */
async function startServer() {
  let script = "";
  let arrived = 0;
  const server = createServer(async (request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    if (request.method === "GET")
      return response
        .setHeader("content-type", "text/html")
        .end(request.url === "/" ? `<!doctype html><script>${script}</script>` : "");
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    arrived += body.split('"name":"page.render"').length - 1;
    return response.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}/`,
    dsn: `http://public@127.0.0.1:${port}/1`,
    serve: (text) => void (script = text),
    arrived: () => arrived,
  };
}

export async function prepare(name, { perRound, isLeaving }) {
  const server = await startServer();
  server.serve(await bundle(name, server.dsn));
  const browser = await chromium.launch(await chromiumLaunchOptions());
  const page = await browser.newPage();
  const cdp = await page.context().newCDPSession(page);
  // CPU time: the browser's other processes interrupt a main thread at each request where cores are few.
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(server.url);
  let recorded = 0;

  async function taskSeconds() {
    const { metrics: values } = await cdp.send("Performance.getMetrics");
    return values.find((each) => each.name === "TaskDuration").value;
  }

  async function untilArrived() {
    while (server.arrived() < recorded) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Nanoseconds of CPU time of the main thread for a metric, from the call to the answer. */
  async function wholeCost() {
    const before = await taskSeconds();
    await page.evaluate((count) => {
      window.record(count);
      return window.peer.flush();
    }, perRound);
    recorded += perRound;
    await untilArrived();
    return (((await taskSeconds()) - before) / perRound) * 1e9;
  }

  /** For how many milliseconds the page is blocked when it is hidden. */
  async function leaving() {
    const ms = await page.evaluate((count) => {
      window.record(count);
      let state = "hidden";
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      const start = performance.now();
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      const end = performance.now();
      state = "visible";
      return new Promise((resolve) =>
        setTimeout(() => {
          document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
          resolve(end - start);
        }, 500),
      );
    }, perRound);
    recorded += perRound;
    return ms;
  }

  return {
    round: isLeaving ? leaving : wholeCost,
    async finish() {
      // A page that was hidden has stored what did not fit; it sends that as it is shown again.
      await untilArrived();
      await browser.close();
      return { recorded, arrived: server.arrived() };
    },
  };
}

/** Returns why the rows cannot be measured; `undefined` where Chromium starts. */
async function missing() {
  try {
    const browser = await chromium.launch(await chromiumLaunchOptions());
    await browser.close();
    return undefined;
  } catch (error) {
    return `Chromium does not start: ${String(error.message).split("\n")[0]}`;
  }
}

const row = (
  id,
  title,
  what,
  unit,
  options,
  targets,
  peers = ["spanmeter", "@sentry/browser"],
) => ({
  id,
  module: "page",
  missing,
  title,
  unit,
  what,
  peers,
  options,
  targets,
});

export const rows = [
  row(
    "page-cost",
    "main thread of a page, per metric from its call to the answer, 900 metrics a flush",
    "CPU time of all tasks of the main thread in Chromium (`TaskDuration`), 3 attributes, HTTP on loopback",
    "ns",
    { perRound: 900 },
    [{ share: 1.2, of: "@sentry/browser" }],
  ),
  row(
    "page-leave",
    "a page with 2 000 waiting metrics is blocked as it is hidden",
    "time of the listeners of `visibilitychange`, what does not fit into the keepalive budget is stored; `@sentry/browser` has sent its metrics before, 100 at a time",
    "ms",
    { perRound: 2000, isLeaving: true },
    [{ atMost: 60 }],
  ),
];
