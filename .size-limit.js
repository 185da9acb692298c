/**
 * Budgets, held at every run of `npm test`. Measured as a bundler in production mode would build them,
 * without conditions, from the built files.
 */
const check = (name, path, imports, limit, platform = "browser") => ({
  name,
  path,
  ...(imports && { import: imports }),
  ...(limit && { limit }),
  brotli: true,
  modifyEsbuildConfig: (config) => ({
    ...config,
    platform,
    // Without this, esbuild would follow the workspace's `paths` to the sources.
    tsconfigRaw: "{}",
    // What nobody bundles is measured as it is.
    ...(!imports && { loader: { ".js": "copy" } }),
    define: { ...config.define, "process.env.NODE_ENV": '"production"' },
  }),
});

const SENTRY = "packages/browser/node_modules/@sentry/browser-11/build/npm/esm/prod/index.js";
const BEHIND_SENTRY = "packages/browser/dist/sentry.production.js";

/** The application of the last check, with these exports of `@spanmeter/browser/sentry`. */
const behindSentry = (imports, limit) =>
  check(
    `@sentry/browser 11.12: init + metrics, with ${imports.slice(2, -2)}`,
    [SENTRY, BEHIND_SENTRY],
    { [SENTRY]: "{ init, metrics }", [BEHIND_SENTRY]: imports },
    limit,
  );

export default [
  check(
    "browser: init + metrics (ESM)",
    "packages/browser/dist/index.production.js",
    "{ init, metrics }",
    // These keep what is reached (docs/decisions/0024, 0029 and 0033).
    "13.8 kB",
  ),
  check(
    "browser/lean: init + metrics",
    "packages/browser/dist/lean.production.js",
    "{ init, metrics }",
    "10.4 kB",
  ),
  check(
    "browser/lean: with sentry() and pageStorage()",
    "packages/browser/dist/lean.production.js",
    "{ init, metrics, sentry, pageStorage }",
    "11.6 kB",
  ),
  check("browser: script file", "packages/browser/dist/spanmeter.min.js", undefined, "14.1 kB"),
  check(
    "core: createClient, without a transport",
    "packages/core/dist/index.production.js",
    "{ createClient }",
    "9.3 kB",
  ),
  check(
    "node: init + metrics",
    "packages/node/dist/index.js",
    "{ init, metrics }",
    "38.6 kB",
    "node",
  ),
  behindSentry("{ leanSpanmeterIntegration }", "37.2 kB"),
  behindSentry("{ leanSpanmeterIntegration, folding }", "38.2 kB"),
  behindSentry("{ spanmeterIntegration }", "39.6 kB"),
  behindSentry("{ makeMetricsTransport }", "39.4 kB"),
  // For comparison, without a budget: what a page would otherwise load.
  check("@sentry/browser 11.12: init + metrics", SENTRY, "{ init, metrics }"),
];
