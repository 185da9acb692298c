import type { MetricStats } from "./drop.js";
import type { Engine } from "./engine.js";
import type { AttributeMap, AttributeValue } from "./metric.js";
import type { PendingMetric } from "./pending-metric.js";
import type { FindInstrument, FindSeries, Series } from "./series.js";
import type { CallSteps, Fold, FoldHost, Location, Measure, Settle } from "./stage.js";

/** Makes what the `volume` option asks for. Policies and attribute rules bring it with them. */
export type CreateVolume = (engine: Engine, host: FoldHost, measure: Measure) => Volume;

/** Finds instruments and series by a table, and records calls by the rules of the client. */
export interface Volume extends Fold {
  readonly find: FindInstrument;
  readonly findSeries: FindSeries;
  /** Puts policies and rules before the last steps of a call. `defaults` are not subject to rules. */
  createSettle(steps: CallSteps, defaults: () => AttributeMap): BoundSettle;
  /** Counts delivered metrics. */
  onDelivered(metrics: readonly PendingMetric[]): void;
  /** What each metric costs. */
  stats(): readonly MetricStats[];
}

/** Records calls, and in a shorter way some calls of a handle. */
export interface BoundSettle {
  readonly settle: Settle;
  /** Adds up calls of a counter without reading their surroundings; `undefined` where its plan does not allow it. */
  bind(series: Series, locate: () => Location): ((value: number) => void) | undefined;
}

/** Decides about one attribute: returns the value to send, or `undefined` to leave it out. */
export type ChangeAttribute = (key: string, value: AttributeValue) => AttributeValue | undefined;

/** Rules about attributes, made by `attributeRules()`. They bring the code that applies them. */
export interface AttributeRules {
  readonly change: ChangeAttribute;
  readonly createVolume: CreateVolume;
}
