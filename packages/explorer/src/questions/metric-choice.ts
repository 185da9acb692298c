import type { MetricIdentity } from "../model/metric.js";
import { notFound, usageError } from "./query-error.js";

/** Options that choose between metrics with the same name. */
export interface IdentityOptions {
  /**
   * Type of the metric: `counter`, `gauge` or `distribution`.
   * @default the only type that the name has
   */
  type?: string | undefined;
  /**
   * Unit of the metric; `none` for a metric without a unit.
   * @default the only unit that the name has
   */
  unit?: string | undefined;
}

/** Chooses one of the metrics that share a name. Throws a `QueryError` that lists them when none or several match. */
export function chooseMetric(
  name: string,
  known: readonly MetricIdentity[],
  { type, unit }: IdentityOptions,
): MetricIdentity {
  const matching = known.filter(
    (metric) => matches(metric.type, type) && matches(metric.unit, unit),
  );
  const [only, second] = matching;
  if (only !== undefined && second === undefined) return only;
  const list = (matching.length > 0 ? matching : known).map(describe).join(", ");
  if (only === undefined)
    throw notFound(`"${name}" has no such type and unit; it is known as ${list}`);
  throw usageError(`"${name}" exists as ${list}; choose one with type and unit`);
}

const matches = (actual: string, wanted: string | undefined): boolean =>
  wanted === undefined || wanted === actual;

const describe = ({ type, unit }: MetricIdentity): string => `${type} in ${unit}`;
