import http from "node:http";
import zlib from "node:zlib";

const RESPONSE = { statusCode: 200, headers: {}, complete: true, resume() {} };

/**
 * Replaces compression and network of this process: `take` receives the bodies of requests. Everything
 * before that is the code of a client with default options.
 *
 * @param answerLater receives a function for each request, which answers it; by default in the next turn of the event loop
 */
export function endRequestsAt(take, answerLater = setImmediate) {
  zlib.gzip = (body, _options, done) => queueMicrotask(() => done(null, body));
  zlib.gzipSync = (body) => body;
  // Spanmeter compresses by itself only where there is a checksum.
  zlib.crc32 = undefined;
  http.request = (_options, answer) => {
    const listeners = {};
    const request = {
      reusedSocket: false,
      on: (event, listener) => ((listeners[event] = listener), request),
      once: (event, listener) => request.on(event, listener),
      destroy() {},
      end(body) {
        take(body);
        answerLater(() => {
          answer?.(RESPONSE);
          listeners.response?.(RESPONSE);
          listeners.close?.();
        });
      },
    };
    return request;
  };
}
