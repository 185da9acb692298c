import { trace } from "@opentelemetry/api";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { init, metrics } from "@spanmeter/node";

// Your OpenTelemetry set-up with its exporters; Spanmeter only needs the global API.
const provider = new NodeTracerProvider();
provider.register();

init({ dsn: process.env.SENTRY_DSN ?? "http://public@127.0.0.1:8969/1" });

const tracer = trace.getTracer("kitchen");

async function bake(cake) {
  await tracer.startActiveSpan(`bake ${cake}`, async (span) => {
    const started = performance.now();
    await fetch(`data:text/plain,${cake}`);
    metrics.distribution("baking.duration", performance.now() - started, { unit: "millisecond" });
    metrics.count("cake.baked", 1, { attributes: { cake } });
    const { traceId, spanId } = span.spanContext();
    console.log(JSON.stringify({ cake, traceId, spanId }));
    span.end();
  });
}

await Promise.all(["carrot", "lemon"].map(bake));
await provider.shutdown();
