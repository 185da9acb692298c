// What a page loads: one import set, bundled for production, minified, brotli. Nothing runs here, so
// there is nothing to repeat.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

/** Where Spanmeter is found by name, as in an application; its packages are none of bench's own. */
const workspace = join(import.meta.dirname, "../../packages/browser");

const entries = {
  spanmeter: `export { init, metrics } from "@spanmeter/browser"`,
  "spanmeter core": `export { createClient } from "@spanmeter/core"`,
  "@sentry/browser": `export { init, metrics } from "@sentry/browser"`,
  "@sentry/browser, no integrations": `
    import { BrowserClient, defaultStackParser, getCurrentScope, makeFetchTransport, metrics } from "@sentry/browser";
    export function init(dsn) {
      const client = new BrowserClient({
        dsn, transport: makeFetchTransport, stackParser: defaultStackParser, integrations: [],
      });
      getCurrentScope().setClient(client);
      client.init();
    }
    export { metrics };`,
  "OpenTelemetry, no exporter": `export { metrics } from "@opentelemetry/api";
    export { MeterProvider } from "@opentelemetry/sdk-metrics";`,
  "OpenTelemetry, OTLP": `export { metrics } from "@opentelemetry/api";
    export { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
    export { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";`,
  "Grafana Faro": `export { initializeFaro, getWebInstrumentations } from "@grafana/faro-web-sdk";`,
  "posthog-js": `export { posthog } from "posthog-js";`,
};

async function bundle(name) {
  const resolveDir = name.startsWith("spanmeter") ? workspace : import.meta.dirname;
  const { outputFiles } = await build({
    stdin: { contents: entries[name], resolveDir },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2021",
    // What Vite and webpack ask packages for when they build for production.
    conditions: ["production", "module"],
    define: { "process.env.NODE_ENV": '"production"' },
    // Without this, esbuild would follow the workspace's `paths` to the sources.
    tsconfigRaw: "{}",
    logLevel: "error",
  });
  return outputFiles[0].contents;
}

async function code(name) {
  if (name !== "spanmeter script file") return bundle(name);
  return readFile(new URL("../../packages/browser/dist/spanmeter.min.js", import.meta.url));
}

export async function prepare(name) {
  return {
    round: async () => brotliCompressSync(await code(name)).length / 1000,
    finish: async () => ({ recorded: undefined, arrived: undefined }),
  };
}

const row = (id, title, peers, atMost, what) => ({
  id,
  module: "size",
  title,
  unit: "KB",
  what: `${what}; brotli, 1 KB = 1 000 bytes`,
  peers,
  options: {},
  rounds: 1,
  warmUp: 0,
  targets: [{ atMost }],
});

export const rows = [
  row(
    "size-browser",
    "browser bundle: `init` + `metrics`, ESM",
    ["spanmeter", ...Object.keys(entries).slice(2)],
    4,
    "what esbuild makes of the import set that records and sends metrics, for production and minified",
  ),
  row(
    "size-script",
    "browser script file (IIFE)",
    ["spanmeter script file"],
    5.5,
    "the ready-made file",
  ),
  row(
    "size-core",
    "core: `createClient` alone, without a transport",
    ["spanmeter core"],
    3,
    "the engine for other platforms, bundled in the same way",
  ),
];
