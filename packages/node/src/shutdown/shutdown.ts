import { classifyStatus, withTimeout } from "@spanmeter/core";
import type {
  Envelope,
  Lifecycle,
  StatusClass,
  Transport,
  TransportFactory,
  TransportOptions,
  TransportResponse,
  Undo,
} from "@spanmeter/core";
import { flushWhenIdle } from "../process/flush-when-idle.js";
import { onProcessEnd } from "../process/on-process-end.js";
import { keepAliveWhile } from "../runtime/keep-alive-while.js";
import { nodeRuntime } from "../runtime/node-runtime.js";
import { createResendTransport } from "../spool/resend-transport.js";
import { createSpool } from "../spool/spool.js";
import type { SpoolOptions } from "../spool/spool.js";
import { clientTransport } from "../transport/http/client-transport.js";
import { withSendTimeout } from "../transport/http/with-send-timeout.js";
import { createExitSends } from "./exit-sends.js";
import { createPendingSends } from "./pending-sends.js";

/** How a client ends with its process. */
export interface ShutdownConfig extends SpoolOptions {
  /** How long the end may wait for answers, in milliseconds. */
  readonly timeout: number;
  /** The transport of the application; absent for the default one, for which a worker thread can send. */
  readonly transport: TransportFactory | undefined;
  /** How long the client waits for an answer before it sends again, in milliseconds. */
  readonly sendTimeout: () => number;
}

/** The answer to an envelope that was stored instead of sent: it counts as delivered. */
interface StoredResponse extends TransportResponse {
  readonly isStored?: boolean;
}

const STORED: StoredResponse = { isStored: true };
const MAY_BE_ACCEPTED_LATER: readonly StatusClass[] = ["retry", "rate-limited"];

const messageOf = (error: unknown): string => String((error as Partial<Error> | null)?.message);

/** The parts of a client's platform that make its metrics outlive the process. */
export interface Shutdown {
  /** Makes the transport of the client. At the end of the process it stores what comes too late. */
  readonly transport: TransportFactory;
  /** Stores an envelope that must not be sent now, for the next process; `false` when it cannot. */
  readonly store: (envelope: Envelope) => boolean;
  /** Whether the process is exiting: a flush then waits for sends that no longer end. */
  isExiting(): boolean;
  /** Listens for the end of the process. */
  start(client: Lifecycle): Undo;
}

/** When a process that has sent nothing yet starts to send what earlier ones stored, in milliseconds. */
const RESEND_AFTER_MS = 5000;

/**
 * Makes sure that metrics outlive the process: they are sent while it ends, or stored in a file for the
 * next one. Delivery is at least once: an envelope without an answer is sent again.
 */
export function createShutdown(config: ShutdownConfig): Shutdown {
  const { timeout, sendTimeout } = config;
  const spool = createSpool(config);
  const pending = createPendingSends(attempt, () => {
    // A listener of the application that runs after ours has flushed.
    if (exitSends.isExiting()) exitSends.sendAll();
    else if (pending.size() === 0) stopListening?.();
  });
  const exitSends = createExitSends({
    spool,
    pending,
    timeout,
    mayUseWorker: !config.transport,
    isRateLimited: () => isRateLimited(),
  });
  const resend = createResendTransport({
    ...config,
    spool,
    makeTransport: config.transport ?? ((options) => clientTransport(options, sendTimeout)),
    followsRateLimits: Boolean(config.transport),
    mustWait: () => exitSends.isExiting() || stopListening !== undefined || isRateLimited(),
  });
  let transport: Transport;
  let isRateLimited = (): boolean => false;
  /** This process does not retry a send that fails now. */
  let isEnding = false;
  /** Set once the client is closed. */
  let stopListening: Undo | undefined;

  /**
   * Sends an envelope. While the process ends, one that may be accepted later (no answer, 408, 429, 502,
   * 503, 504) is stored for the next process, as `send-or-store.ts` does at an exit.
   */
  async function attempt(envelope: Envelope): Promise<StoredResponse> {
    try {
      const response = (await transport.send(envelope)) ?? {};
      const { statusCode } = response;
      if (!MAY_BE_ACCEPTED_LATER.includes(classifyStatus(statusCode))) resend.begin();
      else if (isEnding && spool.store(envelope, `the server answered ${statusCode}`))
        return STORED;
      return response;
    } catch (error) {
      if (isEnding && spool.store(envelope, messageOf(error))) return STORED;
      throw error;
    }
  }

  function makeTransport(options: TransportOptions): Transport {
    exitSends.setTransportOptions(options);
    const shared = resend.connect(options);
    transport = config.transport ? withSendTimeout(shared, sendTimeout) : shared;
    return { send: pending.send, flush: (timeoutMs) => transport.flush(timeoutMs) };
  }

  /** Nothing is left to do. The process goes on if one of its listeners starts new work. */
  async function flushWhileEnding(client: Lifecycle): Promise<boolean> {
    isEnding = true;
    const deadlineMs = nodeRuntime.monotonicMs() + timeout;
    const isFlushed = await client.flush(timeout);
    isEnding = stopListening !== undefined;
    const remainingMs = Math.max(0, deadlineMs - nodeRuntime.monotonicMs());
    if (isFlushed)
      await keepAliveWhile(withTimeout(resend.ended(), remainingMs, undefined, nodeRuntime));
    return isFlushed;
  }

  function start(client: Lifecycle): Undo {
    ({ isLimited: isRateLimited } = client);
    const flushIfNeeded = flushWhenIdle(client, () => flushWhileEnding(client));
    const stopTimer = nodeRuntime.setTimer(resend.begin, RESEND_AFTER_MS);
    let hasTimedOut = false;

    async function onIdle(): Promise<void> {
      if (!(await flushIfNeeded())) hasTimedOut = true;
    }

    const undo = onProcessEnd({
      timeout,
      onIdle: () => void onIdle(),
      // After a natural end that timed out there is no second wait.
      onExit: (sinceMs) => exitSends.onExit(client, hasTimedOut ? -Infinity : sinceMs),
      onPossibleExit: () => exitSends.onPossibleExit(client),
      onContinue: exitSends.onContinue,
    });
    return () => {
      stopTimer();
      isEnding = true;
      stopListening = undo;
      if (pending.size() === 0) undo();
    };
  }

  return {
    transport: makeTransport,
    store: (envelope) => spool.store(envelope, "Sentry asked for a pause"),
    isExiting: exitSends.isExiting,
    start,
  };
}
