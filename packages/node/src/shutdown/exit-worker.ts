import { URL } from "node:url";
import { workerData } from "node:worker_threads";
import { keepAliveWhile } from "../runtime/keep-alive-while.js";
import { GZIP_FROM_BYTES, gzip } from "../transport/http/gzip.js";
import { post } from "../transport/http/post.js";
import { findProxy } from "../transport/proxy/proxy.js";
import { createRoute } from "../transport/http/route.js";
import type { ExitWorkerData } from "./send-sync.js";

// Runs in a worker thread while the main thread blocks and then ends: see send-sync.ts.
const { bodies, state, url, headers, proxy, caCerts, timeout } = workerData as ExitWorkerData;

const target = new URL(url);
const route = createRoute(target, {
  proxy: findProxy(target, proxy, {}),
  caCerts,
  keepAlive: true,
  timeout,
});

async function send(body: Uint8Array, at: number): Promise<void> {
  const isCompressed = body.length >= GZIP_FROM_BYTES;
  const { statusCode } = await post({
    route,
    headers: {
      "content-type": "application/x-sentry-envelope",
      ...(isCompressed && { "content-encoding": "gzip" }),
      ...headers,
    },
    body: isCompressed ? await gzip(body) : body,
    timeout,
  });
  Atomics.store(state, at + 1, statusCode);
}

async function settle(body: Uint8Array, at: number): Promise<void> {
  await send(body, at).catch(() => {});
  Atomics.add(state, 0, 1);
  Atomics.notify(state, 0);
}

// The sockets of a request do not keep the thread alive.
void keepAliveWhile(Promise.all(bodies.map(settle)));
