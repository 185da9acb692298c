import type { TransportOptions } from "@spanmeter/core";
import { environment } from "../options/environment.js";
import type { CaCerts, HttpSettings } from "../options/http-settings.js";
import { findProxy } from "../transport/http/proxy.js";
import { EXIT_WORKER } from "./exit-worker.generated.js";
import { builtin } from "../runtime/builtin.js";
import { monotonicMs } from "../runtime/clock.js";

/** What the worker is given. */
export interface ExitWork {
  readonly bodies: readonly Uint8Array[];
  /** How many have ended, then the status of each; 0 stands for no answer. */
  readonly state: Int32Array;
  readonly url: string;
  readonly timeout: number;
  readonly headers: HttpSettings["headers"] | undefined;
  readonly proxy: string | false;
  readonly caCerts: CaCerts | undefined;
}

/** Below this a worker thread would not even have started. */
const SHORTEST_MS = 100;

/**
 * Sends while this thread stands still, which is what is left when a process ends: a worker thread
 * makes the requests, and this one waits for it at most `timeout` milliseconds. Answers the statuses,
 * 0 for those without an answer.
 */
export function sendNow(
  bodies: readonly Uint8Array[],
  options: TransportOptions & HttpSettings,
  timeout: number,
): readonly number[] {
  const state = new Int32Array(new SharedArrayBuffer(4 * (bodies.length + 1)));
  if (timeout >= SHORTEST_MS) work(bodies, state, options, timeout);
  return bodies.map((_, at) => Atomics.load(state, at + 1));
}

function work(
  bodies: readonly Uint8Array[],
  state: Int32Array,
  { url, headers, caCerts, ...options }: TransportOptions & HttpSettings,
  timeout: number,
): void {
  const proxy = findProxy(new URL(url), options.proxy, environment())?.href ?? false;
  const { Worker } = builtin("node:worker_threads");
  const workerData: ExitWork = { bodies, state, url, headers, proxy, caCerts, timeout };
  // The application's loaders, its preloaded modules and its cluster have no business in there.
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: environment()["NODE_TLS_REJECT_UNAUTHORIZED"] };
  const settings = { eval: true, execArgv: [], env, stdout: true, stderr: true, workerData };
  const worker = new Worker(EXIT_WORKER, settings);
  worker.on("error", () => {});
  worker.unref();
  const until = monotonicMs() + timeout;
  for (;;) {
    const ended = Atomics.load(state, 0);
    const left = until - monotonicMs();
    if (ended >= bodies.length || left <= 0) return;
    Atomics.wait(state, 0, ended, left);
  }
}
