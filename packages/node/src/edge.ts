// The front door where there is no node: Cloudflare Workers, Next and Vercel at the edge, web workers.
// The same names as index.ts, whose types hold here too.
export { createClient, init } from "./edge/init.js";
export { withFlush } from "./functions/with-flush.js";
export { continueTrace } from "./edge/continue-trace.js";
export { consoleTransport } from "./transport/local/console-transport.js";
// `httpTransport` stands for "what sends by default".
export { fetchTransport, fetchTransport as httpTransport } from "./edge/fetch-transport.js";
export { fileTransport } from "./edge/file-transport.js";
export {
  close,
  fanOut,
  flush,
  getClient,
  memoryTransport,
  metrics,
  setAttributes,
  withAttributes,
} from "@spanmeter/core";
