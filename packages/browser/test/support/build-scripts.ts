import { minify } from "terser";
import { internalNames } from "../../internal-names.js";
import { forScript } from "../../minified.js";
import { bundle } from "./bundle.js";

/** Builds the `<script>` file with the global `Spanmeter` from the sources, like the package. */
export async function buildSpanmeterScript(): Promise<string> {
  const options = { globalName: "Spanmeter", minifySyntax: true, mangleProps: internalNames };
  const { code = "" } = await minify(await bundle("../src/index.ts", options), forScript);
  return code;
}

/** Builds a script with the global `SpanmeterSentry` from the published file for production. */
export const buildBehindSentryScript = (): Promise<string> =>
  bundle("../dist/sentry.production.js", { globalName: "SpanmeterSentry", tsconfigRaw: "{}" });

/** Builds the same global from the published files that a bundler takes in development. */
export const buildBehindSentryForDevelopment = (): Promise<string> =>
  bundle("../dist/sentry.js", {
    globalName: "SpanmeterSentry",
    tsconfigRaw: "{}",
    conditions: ["development"],
    define: { "process.env.NODE_ENV": '"development"' },
  });

/** Builds a script with the global `Sentry` from `@sentry/browser` of that major. */
export const buildSentryScript = (major: number): Promise<string> =>
  bundle("pages/sentry.ts", { alias: { "@sentry/browser-11": `@sentry/browser-${major}` } });
