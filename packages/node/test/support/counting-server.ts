import { rawServer } from "./raw-server.js";
import type { RawServer } from "./raw-server.js";

/** A server without a timer of its own, for tests that replace the timers of the process it runs in. */
export const serverWithoutTimers = (): Promise<RawServer> =>
  rawServer((socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
