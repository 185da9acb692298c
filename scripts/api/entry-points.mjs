/** The pages of docs/api: the entry points of the published packages, each with the name of its page. */
export const ENTRY_POINTS = [
  { source: "packages/core/src/index.ts", page: "core", title: "@spanmeter/core" },
  { source: "packages/browser/src/index.ts", page: "browser", title: "@spanmeter/browser" },
  { source: "packages/node/src/index.ts", page: "node", title: "@spanmeter/node" },
  {
    source: "packages/browser/src/lean.ts",
    page: "browser-lean",
    title: "@spanmeter/browser/lean",
    note: "The base of the page's client, and parts to add to it.",
  },
  {
    source: "packages/browser/src/sentry.ts",
    page: "browser-sentry",
    title: "@spanmeter/browser/sentry",
    note: "A queue behind `Sentry.metrics` of `@sentry/browser` and of what is built on it.",
  },
  {
    source: "packages/node/src/sentry.ts",
    page: "node-sentry",
    title: "@spanmeter/node/sentry",
    note: "A queue behind `Sentry.metrics` of `@sentry/node` and other SDKs for servers.",
  },
  {
    source: "packages/node/src/edge.ts",
    page: "node-edge",
    title: "@spanmeter/node on edge runtimes",
    note: "Cloudflare Workers, Next.js and Vercel at the edge get this build through export conditions.",
  },
  { source: "packages/explorer/src/index.ts", page: "explorer", title: "@spanmeter/explorer" },
];
