import type { Stats } from "./drop.js";
import type { Attributes, Metrics } from "./metric.js";
import type { Options } from "./options.js";
import type { Bind } from "./stage.js";

/** One independent recorder with its own queue, destination and attributes. */
export interface Client {
  readonly metrics: Metrics;
  /**
   * Sends pending metrics and resolves `true` once everything recorded before the call was delivered. `false`
   * means that a part of it was refused (reported to `onDrop`), that delivery takes longer than
   * `timeoutMs` milliseconds, or, without a timeout, that a send failed and will be tried again, or that
   * Sentry asked for a pause. Metrics that were not refused stay pending and are sent later. Never rejects.
   */
  flush(timeoutMs?: number): Promise<boolean>;
  /** Flushes, then turns the client into a no-op and undoes every listener and timer. */
  close(timeoutMs?: number): Promise<boolean>;
  /** Adds attributes to every metric recorded from here on. */
  setAttributes(attributes: Attributes): void;
  /** Runs `fn`; everything recorded inside carries the attributes. Returns what `fn` returns. */
  withAttributes<T>(attributes: Attributes, fn: () => T): T;
  /** Counts everything recorded so far by how it ended. */
  stats(): Stats;
  /** @internal Counts early calls that were too many to be buffered as lost. */
  missed?(calls: number): void;
  /** @internal Makes a function that records calls of one metric. */
  readonly bind?: Bind;
  /** @internal It closes with its Sentry client, and not when another client becomes the current one. */
  readonly endsWithSentry?: true;
  /** The options in force, defaults included. */
  readonly options: Readonly<Options>;
}
