// The entry for runtimes without node: Cloudflare Workers, Next and Vercel at the edge, web workers.
// It exports the names of index.ts, whose types apply here too.
export { createClient, init } from "./edge/init.js";
export { withFlush } from "./functions/with-flush.js";
export { continueTrace } from "./edge/continue-trace.js";
export { consoleTransport } from "./transport/local/console-transport.js";
// `httpTransport` names the default transport of a runtime.
export { fetchTransport, fetchTransport as httpTransport } from "./edge/fetch-transport.js";
export { fileTransport } from "./edge/file-transport.js";
export { metrics } from "./edge/metrics.js";
export {
  attributeRules,
  close,
  fanOut,
  flush,
  fold,
  getClient,
  keyedHash,
  memoryTransport,
  raw,
  reservoir,
  sample,
  setAttributes,
  withAttributes,
} from "@spanmeter/core";
