import type { Client } from "./client.js";
import type { Drop } from "./drop.js";
import type { Counts, Engine } from "./engine.js";
import type { AttributeMap } from "./metric.js";
import type { Part, SdkReader } from "./part.js";
import type { Undo } from "./platform.js";
import type { Volume } from "./volume.js";
import type { Measure, Stage } from "./stage.js";

/** The way of a recorded metric, whoever recorded it: its size, the queue, the envelope, the transport. */
export interface Pipeline extends Pick<Client, "flush" | "close" | "stats"> {
  readonly engine: Engine;
  readonly source: Source;
  /** The platform's parts as one. */
  readonly parts: Part;
  /** Reads the Sentry SDK beside it, if there is a part that can. */
  readonly sdk: SdkReader | undefined;
  readonly ledger: { readonly counts: Counts; drop(drop: Drop): void };
  /** Absent where neither a part nor an option brings it. */
  readonly volume: Volume | undefined;
  readonly measure: Measure;
  readonly push: Stage;
  /** Lets everything pending leave at the next chance, instead of at the end of its interval. */
  hasten(): void;
  /** Whether there is no destination yet, but a Sentry SDK may name one later. */
  mayOpen(): boolean;
  /** Looks for a destination, and accepts metrics once there is one. Returns whether there is. */
  open(): boolean;
  /** Starts to listen for the end of the page or process. */
  start(): void;
  /** Called once it closes, after the last metrics were handed to the transport. */
  onClose(undo: Undo): void;
}

/** Questions of a pipeline to whoever records into it. */
export interface Source {
  /** The attributes of every metric, for series that have no others. */
  defaults?(): AttributeMap;
  /** Hands over metrics that are held back, because everything is about to leave. May throw. */
  handOver?(): void;
}
