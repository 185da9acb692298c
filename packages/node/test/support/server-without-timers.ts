import { rawServer } from "./raw-server.js";
import type { RawServer } from "./raw-server.js";

/** A server that uses no timer, for tests that replace the timers of its process. */
export const serverWithoutTimers = (): Promise<RawServer> =>
  rawServer((socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
