import type { Client } from "./client.js";
import type { Engine } from "./engine.js";
import type { AttributeMap, ScopeLike, Trace, TraceIds, TraceSource } from "./metric.js";
import type { Options } from "./options.js";
import type { PendingMetric } from "./pending-metric.js";
import type { PlatformServices } from "./platform.js";
import type {
  Fold,
  FoldHost,
  Location,
  Measure,
  RecordCall,
  HookHost,
  Sample,
  Stage,
} from "./stage.js";
import type { CreateVolume } from "./volume.js";
import type { Destination, Transport, TransportFactory, TransportOptions } from "./transport.js";

/**
 * An optional piece of a client. Each member is a slot that the client fills once, when it is made; of two
 * parts with the same slot the last one counts, except for trace sources, which are all read. A bundler
 * leaves out the code of parts that nobody imports.
 */
export interface Part {
  /**
   * Reads the Sentry SDK beside the client: its trace, its scopes, and its options as defaults. Without it
   * the client takes everything from its own options, and the `scope` of a call is ignored.
   */
  readonly createSdkReader?: (engine: Engine, given: Options) => SdkReader;
  /**
   * A source of traces, read in the order of the parts after the Sentry SDK. Not read where the
   * `traceSources` option is given.
   */
  readonly createTraceSource?: (engine: Engine) => TraceSource;
  /** Decides which calls to keep where there is a `sampleRate`. Without it every call is kept. */
  readonly createSampling?: (engine: Engine, fallback: Trace) => Sample;
  /** Calls `beforeSendMetric`. Without it a client that has this option is turned off. */
  readonly createHook?: (engine: Engine, host: HookHost) => Stage | undefined;
  /** Shortens metrics above `maxMetricBytes`. Without it they are dropped as `invalid`. */
  readonly createTrim?: (engine: Engine) => Trim;
  /**
   * Folds metrics that arrive while the queue is full or Sentry asked for a pause. Without it they wait for
   * the end of the pause, and are dropped as `buffer_overflow` while the queue is full.
   */
  readonly createFold?: (engine: Engine, host: FoldHost, measure: Measure) => Fold;
  /**
   * Finds series by a table instead of copying attributes, folds by it as `createFold` does, and applies the `volume`
   * option, whose policies bring it where it is missing.
   */
  readonly createVolume?: CreateVolume;
  /**
   * Buffers the first calls of a client that has no destination yet, until a Sentry SDK names one. Without
   * it such a client records nothing.
   */
  readonly createEarlyRecorder?: (host: EarlyHost) => EarlyRecorder;
  /** Makes the transport to a local explorer, if `spotlight` asks for one. */
  readonly createCopyTransport?: (engine: Engine) => CopyTransport | undefined;
}

/** A platform, and the optional pieces of its clients. */
export interface Platform extends PlatformServices {
  readonly parts: readonly Part[];
}

/** An attribute as it was found, neither copied nor checked. */
export type Entry = readonly [key: string, value: unknown];

/** Reads a Sentry SDK, whenever it is initialised. */
export interface SdkReader {
  /** Reads the SDK. Returns its client, `undefined` when none is in use. Never throws. */
  read(): object | undefined;
  /**
   * The attributes of its scopes as of the last read, or of `scope` in the place of the current one: the same object
   * as long as they are the same. Never throws.
   */
  attributes(scope?: ScopeLike): AttributeMap;
  /** The trace of `scope`, else the active one as of the last read. May throw. */
  trace(scope?: ScopeLike): TraceIds | undefined;
  /** Makes a faster `locate`, which reads nothing while nothing around a call has changed. */
  remember?(calls: PlainCalls): RememberedLocation;
}

/** How calls without options of their own are located. None of the functions throws. */
export interface PlainCalls {
  locate(): Location;
  /** Whether it is the active trace of the SDK now. */
  isOfSdk(trace: Trace): boolean;
  /** The attributes of the `withAttributes` that is running. */
  surrounding(): AttributeMap | undefined;
}

/** Locates calls without options of their own. Never throws. */
export interface RememberedLocation {
  locate(): Location;
  /** The shared attributes; `undefined` where they are read faster without their trace. */
  around(): AttributeMap | undefined;
  /** Attributes have changed. */
  forget(): void;
}

/** Shortens a metric by `excess` bytes; `undefined` when it has no text left to shorten. */
export type Trim = (metric: PendingMetric, excess: number) => PendingMetric | undefined;

/** Sends copies of everything, best effort. */
export interface CopyTransport {
  /** Makes the transport of the copies, for a client that has no other destination. */
  readonly make: TransportFactory;
  /** Makes a transport that also sends a copy of each envelope that `transport` sends. */
  addTo(transport: Transport, options: TransportOptions): Transport;
}

/** Finds where a pipeline sends to. May throw errors of the application's transport. */
export type Connect = (
  engine: Engine,
  copies: CopyTransport | undefined,
  recordDroppedEvent: TransportOptions["recordDroppedEvent"],
) => Destination;

/** The client that an early recorder works for. */
export interface EarlyHost {
  /** Whether there is a destination now. May throw. */
  isReady(): boolean;
  readonly record: RecordCall;
  /** The first call was buffered. */
  onFirstCall(): void;
  /** There is a destination: returns the client that records the buffered calls. */
  onReady(): Client;
  /** Seconds since the epoch. */
  time(): number;
  trace(): Trace | undefined;
  /** The attributes of the `withAttributes` that is running. */
  surrounding(): AttributeMap | undefined;
}

/** Records calls, or buffers them while there is no destination. */
export interface EarlyRecorder {
  readonly record: RecordCall;
  /** Looks for a destination; `true` once there is one. */
  open(): boolean;
  /** Counts calls that another buffer had no room for; `false` when nothing is buffered any more. */
  miss(calls: number): boolean;
  /** Forgets the buffered calls. */
  close(): void;
}
