import type { MetricStats } from "./drop.js";
import type { Engine } from "./engine.js";
import type {
  AttributeMap,
  AttributeValue,
  InstrumentOptions,
  MetricOptions,
  MetricType,
} from "./metric.js";
import type { PendingMetric } from "./pending-metric.js";
import type { FindInstrument, FindSeries } from "./series.js";
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

/** Makes what the `volume` option asks for. Policies and attribute rules bring it with them. */
export type CreateVolume = (engine: Engine, host: FoldHost, measure: Measure) => Volume;

/** Finds instruments and series by a table, and records calls by the rules of the client. */
export interface Volume extends Fold {
  readonly find: FindInstrument;
  readonly findSeries: FindSeries;
  /** Puts policies and rules before the last steps of a call. */
  createCalls(steps: CallSteps, context: VolumeContext): VolumeCalls;
  /** Counts delivered metrics. */
  onDelivered(metrics: readonly PendingMetric[]): void;
  /** What each metric costs. */
  stats(): readonly MetricStats[];
}

/** Records calls by the rules of a client. */
export interface VolumeCalls {
  readonly settle: Settle;
  /** Makes handles that find their series once; calls with options of their own go to `record`. */
  bindTo(record: RecordCall): Bind;
}

/** Where the calls of a client come from. */
export interface VolumeContext {
  /** The attributes that the SDK adds to every metric: rules do not concern them. */
  defaults(): AttributeMap;
  /** The attributes of the client. */
  client(): AttributeMap;
  locate(options: MetricOptions): Location;
  /** Present where developers are warned of names and units. */
  readonly lint?:
    | ((type: MetricType, name: string, options: InstrumentOptions) => void)
    | undefined;
}

/** Decides about one attribute: returns the value to send, or `undefined` to leave it out. */
export type ChangeAttribute = (key: string, value: AttributeValue) => AttributeValue | undefined;

/** Rules about attributes, made by `attributeRules()`. They bring the code that applies them. */
export interface AttributeRules {
  readonly change: ChangeAttribute;
  readonly createVolume: CreateVolume;
}
