import type { Stats } from "./drop.js";
import type { EncodeMetrics } from "./encoder.js";
import type { AttributeMap } from "./metric.js";
import type { CreatePace } from "./pace.js";
import type { Envelope, TransportFactory } from "./transport.js";

/** Ends a timer, a listener or a subscription. Calling it twice is harmless. */
export type Undo = () => void;

/** Carries the attributes of `withAttributes` to everything recorded inside the function. */
export interface AttributeContext {
  run<T>(attributes: AttributeMap, fn: () => T): T;
  current(): AttributeMap | undefined;
}

/** A client as the platform sees it when a page or a process ends. */
export interface Lifecycle {
  /** Sends everything that is pending immediately, whatever is in flight. Returns before the sends end. */
  drain(): void;
  /** Whether Sentry asked for a pause. Drained metrics should then be stored instead of sent. */
  isLimited(): boolean;
  /** Ends a pause that follows failures without an answer: the network is back. */
  resume?(): void;
  flush(timeoutMs?: number): Promise<boolean>;
  stats(): Stats;
}

/**
 * The clock, timers, randomness and text encoder of a platform. The engine calls them through
 * `engine/runtime.ts` only, where their failures are caught and counted.
 */
export interface PlatformRuntime {
  /** Milliseconds since the epoch: for timestamps. It may jump whenever a machine's clock is set. */
  readonly now: () => number;
  /** Milliseconds since any fixed moment: for deadlines. It never jumps and never goes back. */
  readonly monotonicMs: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** Calls once after `ms`. The timer must never keep a process alive. */
  readonly setTimer: (fn: () => void, ms: number) => Undo;
  readonly encodeUtf8: (text: string) => Uint8Array;
}

/**
 * Everything that a client needs from the platform it runs on, but for its parts. Core uses no global of any
 * platform, so that it runs in a page, a worker, a server, a function, and under a fake clock.
 */
export interface PlatformServices extends PlatformRuntime {
  /** Sent as `sdk.name` and `sentry.sdk.name`, e.g. `spanmeter.javascript.node`. */
  readonly sdkName: string;
  /**
   * `true` asks Relay to fill in the browser and, with `sendDefaultPii`, the IP
   * (docs/protocol.md#ingest-settings).
   */
  readonly ingestSettings: boolean;
  /** A development build logs warnings that a production build does not contain. */
  readonly development: boolean;
  /** The global object, read for the trace of a Sentry SDK or OpenTelemetry. Never written. */
  readonly global: object;
  readonly console: PlatformConsole;
  readonly defaults: PlatformDefaults;
  readonly retries: RetryLimits;
  /** The most bytes one metric container may have. */
  readonly maxEnvelopeBytes: number;
  /**
   * The most bytes that a container may have right now, where that changes; `isLast` says that the page may end right
   * after.
   */
  currentEnvelopeBytes?(isLast?: boolean): number;
  /**
   * Timers and sends end with the request that started them, as on Cloudflare Workers: only `flush()`
   * sends, and ends what it began. @default false
   */
  readonly isRequestBound?: boolean;
  /** Makes the transport when the `transport` option is absent. */
  readonly transport: TransportFactory;
  createAttributeContext(): AttributeContext;
  /** A faster encoder than the small one of core; both write the same bytes. */
  readonly encodeMetrics?: EncodeMetrics;
  /** Decides how large batches are; by default each takes what waits, from 100 metrics on. */
  readonly createPace?: CreatePace;
  /** Keeps the process alive while an application waits for `flush()` or `close()`. */
  holdOpen?(): Undo | undefined;
  /**
   * Stores an envelope for a later process or page, because Sentry asked for a pause and the client
   * closes. Returns whether it was stored.
   */
  keep?(envelope: Envelope): boolean;
  /** Whether the page or process may end soon: then metrics that are recorded leave in a microtask. */
  isEnding?(): boolean;
  /** Called once the client is ready; the undo is called when it closes. */
  start?(client: Lifecycle): Undo;
}

/** Limits for sends that no server answered; failures that a server answered have their own. */
export interface RetryLimits {
  /** The longest pause between two tries, in milliseconds. */
  readonly longestPauseMs: number;
  /**
   * After so many failures in a row, without one answer ever, something blocks every request: pending
   * and later metrics are dropped as `network_error`.
   */
  readonly maxUnanswered: number;
}

/** Defaults that differ by platform. Those that are text are weaker than a Sentry SDK's options. */
export interface PlatformDefaults {
  readonly maxQueueItems: number;
  readonly maxQueueBytes: number;
  readonly maxInFlight: number;
  readonly serverName?: string | undefined;
  readonly dsn?: string | undefined;
  readonly release?: string | undefined;
  readonly environment?: string | undefined;
}

/** The part of a console that messages are logged on. */
export interface PlatformConsole {
  log(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
}
