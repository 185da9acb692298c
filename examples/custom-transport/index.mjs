import { fanOut, httpTransport, init, metrics } from "@spanmeter/node";
import { linesTransport } from "./lines-transport.mjs";

init({
  dsn: process.env.SENTRY_DSN ?? "http://public@127.0.0.1:8969/1",
  // Sends to Sentry and writes a copy to standard output, for a log collector.
  transport: fanOut([httpTransport, linesTransport(process.stdout)]),
});

for (const plan of ["free", "pro", "pro"])
  metrics.count("signup.finished", 1, { attributes: { plan } });
metrics.gauge("queue.depth", 3);
