import type {
  Counter,
  Distribution,
  Gauge,
  InstrumentOptions,
  Metrics,
} from "../contract/metric.js";
import type { Bind, RecordCall } from "../contract/stage.js";
import { copyAttributes, NOTHING } from "../engine/attributes.js";
import { mergeOptions } from "./call-options.js";

/** Makes the verbs and handles of one recorder. Without `bind` a handle's calls are recorded like all others. */
export function createVerbs(
  record: RecordCall,
  bind: Bind = (type, name, bound) => (value, options) =>
    record(type, name, value, mergeOptions(bound, options)),
): Metrics {
  function createCounter(name: string, given?: InstrumentOptions): Counter {
    const options = copyOptions(given);
    const add = bind("counter", name, options);
    return {
      add: (value = 1, more) => add(value, more),
      with: (attributes) => createCounter(name, addAttributes(options, attributes)),
    };
  }

  function createGauge(name: string, given?: InstrumentOptions): Gauge {
    const options = copyOptions(given);
    return {
      set: bind("gauge", name, options),
      with: (attributes) => createGauge(name, addAttributes(options, attributes)),
    };
  }

  function createDistribution(name: string, given?: InstrumentOptions): Distribution {
    const options = copyOptions(given);
    return {
      record: bind("distribution", name, options),
      with: (attributes) => createDistribution(name, addAttributes(options, attributes)),
    };
  }

  return {
    count: (name, value = 1, options) => record("counter", name, value, options),
    gauge: (name, value, options) => record("gauge", name, value, options),
    distribution: (name, value, options) => record("distribution", name, value, options),
    createCounter,
    createGauge,
    createDistribution,
  };
}

/** Copied, so that changing the object afterwards changes nothing. Never throws. */
const copyOptions = (given: InstrumentOptions | undefined): InstrumentOptions =>
  mergeOptions(NOTHING, given);

const addAttributes = (bound: InstrumentOptions, attributes: unknown): InstrumentOptions => ({
  unit: bound.unit,
  attributes: { ...bound.attributes, ...copyAttributes(attributes) },
});
