import type { TransportOptions } from "@spanmeter/core";
import { environment } from "../options/environment.js";
import type { CaCerts, HttpSettings } from "../options/http-settings.js";
import { builtin } from "../runtime/builtin.js";
import { monotonicMs } from "../runtime/clock.js";
import { findProxy } from "../transport/proxy/proxy.js";
import { EXIT_WORKER } from "./exit-worker.generated.js";

/** The `workerData` of the exit worker. */
export interface ExitWorkerData {
  readonly bodies: readonly Uint8Array[];
  /** How many sends have ended, then the status of each; 0 stands for no answer. */
  readonly state: Int32Array;
  readonly url: string;
  /** In milliseconds. */
  readonly timeout: number;
  readonly headers: HttpSettings["headers"] | undefined;
  readonly proxy: string | false;
  readonly caCerts: CaCerts | undefined;
}

/** In less time a worker thread would not even start. */
const MIN_TIMEOUT_MS = 100;

/**
 * Sends bodies synchronously, which is all that still works when a process ends: a worker thread makes
 * the requests, and this thread blocks for at most `timeout` milliseconds. Returns the status of each
 * body, 0 for those without an answer.
 */
export function sendSync(
  bodies: readonly Uint8Array[],
  options: TransportOptions & HttpSettings,
  timeout: number,
): readonly number[] {
  const state = new Int32Array(new SharedArrayBuffer(4 * (bodies.length + 1)));
  if (timeout >= MIN_TIMEOUT_MS) runWorker(bodies, state, options, timeout);
  return bodies.map((_, at) => Atomics.load(state, at + 1));
}

function runWorker(
  bodies: readonly Uint8Array[],
  state: Int32Array,
  { url, headers, caCerts, ...options }: TransportOptions & HttpSettings,
  timeout: number,
): void {
  const proxy = findProxy(new URL(url), options.proxy, environment())?.href ?? false;
  const { Worker } = builtin("node:worker_threads");
  const workerData: ExitWorkerData = { bodies, state, url, headers, proxy, caCerts, timeout };
  // Loaders, preloaded modules and cluster settings of the application must not run in the worker.
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: environment()["NODE_TLS_REJECT_UNAUTHORIZED"] };
  const settings = { eval: true, execArgv: [], env, stdout: true, stderr: true, workerData };
  const worker = new Worker(EXIT_WORKER, settings);
  worker.on("error", () => {});
  worker.unref();
  const deadlineMs = monotonicMs() + timeout;
  for (;;) {
    const ended = Atomics.load(state, 0);
    const remainingMs = deadlineMs - monotonicMs();
    if (ended >= bodies.length || remainingMs <= 0) return;
    try {
      Atomics.wait(state, 0, ended, remainingMs);
    } catch {
      // Some threads may not wait, such as that of a window in Electron. They poll: to give up here would
      // spool what the worker is sending, which would then arrive twice.
    }
  }
}
