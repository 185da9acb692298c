// The exports of the script file: those of the package, without policies and attribute rules. A page that loads a whole
// file would pay for them without using them; one that wants them imports the package.
export { init, createClient } from "./init.js";
export { consoleTransport } from "./transport/console.js";
export { keepaliveTransport } from "./transport/keepalive.js";
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
