// What a page loads: one import set, bundled for production, minified, brotli. Nothing runs here, so
// there is nothing to repeat.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";

const browser = JSON.stringify("../../packages/browser/dist/index.js");
const core = JSON.stringify("../../packages/core/dist/index.production.js");

const entries = {
  spanmeter: `export { init, metrics } from ${browser}`,
  "spanmeter core": `export { createClient } from ${core}`,
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

async function bundle(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2021",
    define: { "process.env.NODE_ENV": '"production"' },
    // Without this, esbuild would follow the workspace's `paths` to the sources.
    tsconfigRaw: "{}",
    logLevel: "error",
  });
  return outputFiles[0].contents;
}

async function code(name) {
  if (name !== "spanmeter script file") return bundle(entries[name]);
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
  what: `${what}; esbuild, production, minified, brotli, 1 KB = 1 000 bytes`,
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
    "what a bundler makes of the import set that records and sends metrics",
  ),
  row(
    "size-script",
    "browser script file (IIFE)",
    ["spanmeter script file"],
    5.5,
    "the file itself",
  ),
  row(
    "size-core",
    "core: `createClient` alone, without a transport",
    ["spanmeter core"],
    3,
    "the engine for other platforms",
  ),
];
