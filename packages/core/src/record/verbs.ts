import type { Attributes, InstrumentOptions, Metrics, MetricType } from "../contract/metric.js";
import type { Bind, RecordCall } from "../contract/stage.js";
import { copyAttributes } from "../engine/attributes.js";
import { mergeOptions } from "./call-options.js";

/** Makes the verbs and handles of one recorder. Without `bind` a handle's calls are recorded like all others. */
export function createVerbs(record: RecordCall, bind: Bind = bindTo(record)): Metrics {
  const createHandle = (type: MetricType, verb: string) =>
    function create(name: string, given?: InstrumentOptions): never {
      const options = mergeOptions({}, given);
      return {
        [verb]: bind(type, name, options),
        with: (attributes: Attributes) => create(name, mergeOptions(options, { attributes })),
      } as never;
    };

  return {
    count: (name, value = 1, options) => record("counter", name, value, options),
    gauge: (name, value, options) => record("gauge", name, value, options),
    distribution: (name, value, options) => record("distribution", name, value, options),
    createCounter: createHandle("counter", "add"),
    createGauge: createHandle("gauge", "set"),
    createDistribution: createHandle("distribution", "record"),
  };
}

/** Makes handles whose calls are recorded like all others. */
export const bindTo =
  (record: RecordCall): Bind =>
  (type, name, bound) =>
  (given, options) => {
    const value = given === undefined && type === "counter" ? 1 : (given as number);
    record(type, name, value, options ? mergeOptions(bound, options) : bound);
  };
