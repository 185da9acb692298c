import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";

class Collected extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

/** Exports gzipped OTLP over HTTP at each flush, and only then. Each export holds the sums since the last one. */
async function createExportReader({ otlp }) {
  const { PeriodicExportingMetricReader } = await import("@opentelemetry/sdk-metrics");
  const { OTLPMetricExporter, AggregationTemporalityPreference } =
    await import("@opentelemetry/exporter-metrics-otlp-http");
  const exporter = new OTLPMetricExporter({
    url: otlp,
    compression: "gzip",
    temporalityPreference: AggregationTemporalityPreference.DELTA,
  });
  return new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
}

/** Opens OpenTelemetry's metrics. With `dsn`, a flush sends them over HTTP. */
export async function open({ dsn, sink, span } = {}) {
  if (span && dsn) (await import("./sentry-module.mjs")).initTracing();
  const reader = dsn ? await createExportReader(sink) : new Collected();
  const provider = new MeterProvider({ readers: [reader] });
  const meter = provider.getMeter("bench");
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
    flush: () => provider.forceFlush(),
    add: (value, attributes) => counter.add(value, attributes),
    arrived,
    aggregates: true,
  };
}
