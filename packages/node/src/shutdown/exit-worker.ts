import { URL } from "node:url";
import { workerData } from "node:worker_threads";
import { GZIP_FROM_BYTES, gzip } from "../transport/http/gzip.js";
import { whileHeldOpen } from "../runtime/keep-alive.js";
import { post } from "../transport/http/post.js";
import { findProxy } from "../transport/http/proxy.js";
import { createRoute } from "../transport/http/route.js";
import type { ExitWork } from "./send-sync.js";

// Runs in a thread of its own while the main thread waits for it and then ends: see send-now.ts.
const { bodies, state, url, headers, proxy, caCerts, timeout } = workerData as ExitWork;

const target = new URL(url);
const route = createRoute(target, {
  proxy: findProxy(target, proxy, {}),
  caCerts,
  keepAlive: true,
  timeout,
});

async function send(body: Uint8Array, at: number): Promise<void> {
  const compressed = body.length >= GZIP_FROM_BYTES;
  const all = {
    "content-type": "application/x-sentry-envelope",
    ...(compressed && { "content-encoding": "gzip" }),
    ...headers,
  };
  const { statusCode } = await post(route, all, compressed ? await gzip(body) : body, timeout);
  Atomics.store(state, at + 1, statusCode);
}

async function settle(body: Uint8Array, at: number): Promise<void> {
  await send(body, at).catch(() => {});
  Atomics.add(state, 0, 1);
  Atomics.notify(state, 0);
}

// The sockets of a request keep no thread alive.
void whileHeldOpen(Promise.all(bodies.map(settle)));
