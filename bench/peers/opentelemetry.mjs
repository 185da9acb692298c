import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";

class Collected extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

export function open() {
  const reader = new Collected();
  const meter = new MeterProvider({ readers: [reader] }).getMeter("bench");
  const histogram = meter.createHistogram("query.duration", { unit: "ms" });
  const counter = meter.createCounter("email.sent");
  async function arrived() {
    const { resourceMetrics } = await reader.collect();
    const points = resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
      metrics.flatMap(({ dataPoints }) => dataPoints),
    );
    return points.reduce((sum, { value }) => sum + (value.count ?? value), 0);
  }
  return {
    distribution: (value, attributes) => histogram.record(value, attributes),
    count: () => counter.add(1),
    add: (value, attributes) => counter.add(value, attributes),
    flush: async () => {},
    arrived,
    aggregates: true,
  };
}
