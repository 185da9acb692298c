import * as Sentry from "@sentry/node";
import { spanmeterIntegration } from "@spanmeter/node/sentry";

const dsn = process.env.SENTRY_DSN ?? "http://public@127.0.0.1:8969/1";

// This line is all: calls of `Sentry.metrics` stay as they are.
Sentry.init({ dsn, tracesSampleRate: 1, integrations: [spanmeterIntegration()] });

async function importRow(row) {
  await Sentry.startSpan({ op: "import.row", name: `row ${row}` }, async (span) => {
    const started = performance.now();
    await fetch(`data:text/plain,${row}`);
    const duration = performance.now() - started;
    Sentry.metrics.distribution("row.duration", duration, { unit: "millisecond" });
    Sentry.metrics.count("row.imported", 1, { attributes: { parity: row % 2 ? "odd" : "even" } });
    const { traceId, spanId } = span.spanContext();
    console.log(JSON.stringify({ row, traceId, spanId }));
  });
}

await Sentry.startSpan({ op: "import", name: "import rows" }, async () => {
  await Promise.all([1, 2, 3].map(importRow));
});

// Sends Sentry's spans. Metrics are sent at the end of the process without a call, also by `process.exit()`.
await Sentry.flush(2000);
