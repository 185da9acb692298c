import { FetchInstrumentation } from "@opentelemetry/instrumentation-fetch";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { WebTracerProvider } from "@opentelemetry/sdk-trace-web";

/** OpenTelemetry's fetch instrumentation, configured to add its header to every request. */
const spans = new InMemorySpanExporter();
const provider = new WebTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
provider.register();
const instrumentation = new FetchInstrumentation({ propagateTraceHeaderCorsUrls: [/./] });
instrumentation.setTracerProvider(provider);

Object.assign(globalThis, {
  finishedSpanUrls: () =>
    spans
      .getFinishedSpans()
      .map(({ attributes }) => attributes["http.url"] ?? attributes["url.full"]),
});
