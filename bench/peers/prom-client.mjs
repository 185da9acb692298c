import prometheus from "prom-client";
import { attributeSets, keysOf } from "../workload.mjs";

/** Opens prom-client. With `labelled`, counters have the labels of the set `three`. */
export function open({ set = "none", labelled = false }) {
  const { Counter, Histogram } = prometheus;
  const counter = new Counter({
    name: "email_sent",
    help: "sent",
    labelNames: labelled ? keysOf("three") : [],
  });
  const histogram = new Histogram({
    name: "query_duration",
    help: "in milliseconds",
    labelNames: keysOf(set),
  });
  async function arrived() {
    const [counted, observed] = await Promise.all([counter.get(), histogram.get()]);
    const counts = observed.values.filter(({ metricName }) => metricName.endsWith("_count"));
    return [...counted.values, ...counts].reduce((sum, { value }) => sum + value, 0);
  }
  return {
    distribution: (value, labels = {}) => histogram.observe(labels, value),
    count: labelled ? (i) => counter.inc(attributeSets.three(i)) : () => counter.inc(),
    flush: async () => {},
    arrived,
    aggregates: true,
  };
}
