import type { MetricStats } from "./drop.js";
import type { Engine } from "./engine.js";
import type { AttributeMap, InstrumentOptions, MetricOptions, MetricType } from "./metric.js";
import type { PendingMetric } from "./pending-metric.js";
import type { FindInstrument, FindSeries, Instrument } from "./series.js";
import type {
  Bind,
  CallSteps,
  Fold,
  FoldHost,
  Location,
  Measure,
  RecordCall,
  Settle,
} from "./stage.js";

/** Makes the code behind the `volume` option. Policies and attribute rules bring it with them. */
export type CreateVolume = (engine: Engine, host: FoldHost, measure: Measure) => Volume;

/** Finds instruments and series by a table, and records calls by the rules of the client. */
export interface Volume extends Fold {
  readonly find: FindInstrument;
  readonly findSeries: FindSeries;
  readonly merged: Merged;
  /** Puts policies and rules before the last steps of a call. */
  createCalls(steps: CallSteps, context: VolumeContext): VolumeCalls;
  /** Counts delivered metrics. */
  onDelivered(metrics: readonly PendingMetric[]): void;
  /** The costs of each metric. */
  stats(): readonly MetricStats[];
}

/** Shared attributes by what they were merged from. Equal ones are one object, by which calls are folded. */
export interface Merged {
  /** Those of two attribute maps, made by `merge` when they are not known. */
  of(around: AttributeMap, inner: AttributeMap, merge: () => AttributeMap): AttributeMap;
  clear(): void;
}

/** Records calls by the rules of a client. */
export interface VolumeCalls {
  readonly settle: Settle;
  /** Finds what surrounds a call of an instrument. */
  locate(options: MetricOptions, instrument: Instrument): Location;
  /** Makes handles that find their series once; calls with options of their own go to `record`. */
  bindTo(record: RecordCall): Bind;
}

/** Where the calls of a client come from. */
export interface VolumeContext {
  /** The attributes that the SDK adds to every metric: rules do not concern them. */
  defaults(): AttributeMap;
  /** The attributes of the client. */
  client(): AttributeMap;
  /** The shared attributes of a call now. */
  around(): AttributeMap;
  locate(options: MetricOptions): Location;
  /** Present where developers are warned of names and units. */
  readonly lint?:
    | ((type: MetricType, name: string, options: InstrumentOptions) => void)
    | undefined;
}
