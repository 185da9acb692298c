// Measures the bytes that a page loads: one set of imports, bundled for production, minified, brotli.
// Nothing runs here, so one round is enough.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

/** The folder from which Spanmeter's packages resolve, because bench does not depend on them. */
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
    // The export conditions of Vite and webpack in production builds.
    conditions: ["production", "module"],
    define: { "process.env.NODE_ENV": '"production"' },
    // Without this, esbuild would resolve the sources by the workspace's `paths`.
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
    "esbuild's production bundle of the imports that record and send metrics, minified",
  ),
  row(
    "size-script",
    "browser script file (IIFE)",
    ["spanmeter script file"],
    5.5,
    "the published script file",
  ),
  row(
    "size-core",
    "core: `createClient` alone, without a transport",
    ["spanmeter core"],
    3,
    "esbuild's production bundle of the engine for other platforms, minified",
  ),
];
