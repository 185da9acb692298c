import type { Envelope, TransportFactory } from "./transport.js";
import type { Stats } from "./drop.js";
import type { Bag } from "../engine/attributes.js";
import type { ScopeLike, TraceSource } from "./metric.js";
import type { EncodeMetrics } from "./pending-metric.js";

/** Ends what was begun: a timer, a listener, a subscription. Calling it twice is harmless. */
export type Undo = () => void;

/** Carries the attributes of `withAttributes` to everything recorded inside the function. */
export interface AttributeContext {
  run<T>(attributes: Bag, fn: () => T): T;
  current(): Bag | undefined;
}

/** What a platform may do with a client when a page or a process ends. */
export interface Lifecycle {
  /** Sends everything that waits at once, however many sends are under way. Returns before they end. */
  drain(): void;
  /** Whether Sentry asked for a pause. What is drained then is better kept than sent. */
  isLimited(): boolean;
  /** Ends a pause that follows failures without an answer: the network is back. */
  resume?(): void;
  flush(timeoutMs?: number): Promise<boolean>;
  stats(): Stats;
}

/**
 * The clock, timers, randomness and text encoder of a platform. The engine calls them through
 * `engine/runtime.ts` only, where a failure of theirs is caught and counted.
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
 * Everything the engine needs from the world it runs in. Core touches no global of any platform, so
 * that it runs in a page, a worker, a server, a function, and under a clock moved by hand.
 */
export interface Platform extends PlatformRuntime {
  /** Sent as `sdk.name` and `sentry.sdk.name`, e.g. `spanmeter.javascript.node`. */
  readonly sdkName: string;
  /** `true` asks Relay to fill in the browser and, with `sendDefaultPii`, the IP (wire.md 1.3). */
  readonly ingestSettings: boolean;
  /** A development build says on the console what a production build keeps to itself. */
  readonly development: boolean;
  /** The global object, read for the trace of a Sentry SDK or OpenTelemetry. Never written. */
  readonly global: object;
  readonly console: Pick<PlatformConsole, "log" | "warn" | "error">;
  readonly defaults: PlatformDefaults;
  /** The most bytes one metric container may have. */
  readonly maxEnvelopeBytes: number;
  /** Keeps the process alive while an application waits for `flush()` or `close()`. */
  holdOpen?(): Undo;
  /** A faster encoder than the small one of core; both write the same bytes. */
  readonly encodeMetrics?: EncodeMetrics;
  createAttributeContext(): AttributeContext;
  /**
   * What is asked for the trace of a metric, in order, after a Sentry SDK and OpenTelemetry. Where the
   * `traceSources` option is given, only that is asked.
   */
  traceSources(): readonly TraceSource[];
  /**
   * Whether the page or process may not come back: then what is recorded leaves in a microtask instead
   * of waiting for a batch or a timer.
   */
  isEnding?(): boolean;
  /**
   * Timers and sends end with the request that started them, as on Cloudflare Workers: only `flush()`
   * sends, and ends what it began. @default false
   */
  readonly isRequestBound?: boolean;
  readonly retries: RetryLimits;
  /** Makes the transport when the `transport` option is absent. */
  readonly transport: TransportFactory;
  /**
   * Keeps an envelope for a later process or page, because Sentry asked for a pause and the client
   * closes. Answers whether it is safe.
   */
  keep?(envelope: Envelope): boolean;
  /** Makes the transport to a local explorer (`spotlight`). */
  readonly spotlightTransport: TransportFactory;
  /** Attributes only this moment knows, such as the active replay. Called at each metric, with
   * the current scope of a Sentry SDK if there is one. */
  momentAttributes?(scope: ScopeLike | undefined): object | undefined;
  /** The page or process may not come back: what is recorded now leaves in a microtask. */
  isEnding?(): boolean;
  /** Called once the client is ready; the undo is called when it closes. */
  start?(client: Lifecycle): Undo;
}

/** Limits of sending again what no server answered; failures that a server answered have their own. */
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

export interface PlatformConsole {
  log(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
}
