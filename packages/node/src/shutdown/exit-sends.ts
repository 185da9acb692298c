import type { Lifecycle, TransportOptions, Undo } from "@spanmeter/core";
import { nodeRuntime } from "../runtime/node-runtime.js";
import type { Spool } from "../spool/spool.js";
import { bytesOf } from "../transport/http/body.js";
import type { PendingSends } from "./pending-sends.js";
import { sendOrStore } from "./send-or-store.js";

/** How the last sends of a client are made. */
export interface ExitSendsOptions {
  readonly spool: Spool;
  readonly pending: PendingSends;
  /** How long the end may wait for answers, in milliseconds. */
  readonly timeout: number;
  /** Whether a worker thread can send instead of the client's transport. */
  readonly mayUseWorker: boolean;
  /** Whether Sentry asked for a pause. */
  readonly isRateLimited: () => boolean;
}

/** Sends or stores everything pending while a process exits, when only synchronous code still runs. */
export interface ExitSends {
  /** The options of the client's transport. */
  setTransportOptions(options: TransportOptions): void;
  /** Whether the process is exiting, so that ordinary sends would come too late. */
  isExiting(): boolean;
  /** `sinceMs` is when the end began, by the monotonic clock. */
  onExit(client: Lifecycle, sinceMs: number): void;
  /** Stores everything pending, in case the process ends without any further event. */
  onPossibleExit(client: Lifecycle): void;
  /** The process did not end: pending sends go on. */
  onContinue(): void;
  /** Sends or stores everything pending, synchronously. */
  sendAll(): void;
}

/** Makes the last sends of a client. */
export function createExitSends(options: ExitSendsOptions): ExitSends {
  const { spool, pending, timeout, mayUseWorker, isRateLimited } = options;
  let transportOptions: TransportOptions;
  /** Set while the process exits. By the monotonic clock. */
  let deadlineMs: number | undefined;
  /** Removes the file that {@link ExitSends.onPossibleExit} wrote. */
  let removeStored: Undo | undefined;

  function sendAll(): void {
    const isPaused = isRateLimited();
    const remainingMs = (deadlineMs ?? -Infinity) - nodeRuntime.monotonicMs();
    sendOrStore(spool, {
      bodies: pending.takeAll().map(bytesOf),
      transportOptions,
      // During a pause everything is stored.
      timeout: mayUseWorker && !isPaused ? remainingMs : 0,
      isRateLimited: isPaused,
    });
  }

  function onExit(client: Lifecycle, sinceMs: number): void {
    deadlineMs = undefined;
    pending.pause();
    drain(client);
    removeStored?.();
    deadlineMs = sinceMs + timeout;
    sendAll();
  }

  function onPossibleExit(client: Lifecycle): void {
    pending.pause();
    drain(client);
    removeStored?.();
    removeStored = spool.storeUntilUndone(pending.envelopes().map(bytesOf));
  }

  function onContinue(): void {
    deadlineMs = undefined;
    removeStored?.();
    pending.resume(!isRateLimited());
  }

  return {
    setTransportOptions: (given) => void (transportOptions = given),
    isExiting: () => deadlineMs !== undefined,
    onExit,
    onPossibleExit,
    onContinue,
    sendAll,
  };
}

/** An error while encoding must not lose the pending sends. The client has logged it. */
function drain(client: Lifecycle): void {
  try {
    client.drain();
  } catch {
    // See above.
  }
}
