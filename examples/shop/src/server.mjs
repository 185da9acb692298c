import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { serve } from "@hono/node-server";
import * as Sentry from "@sentry/node";
import { close, metrics } from "@spanmeter/node";
import { createApp } from "./app.mjs";
import { createCatalogue } from "./data/catalogue.mjs";
import { createCheckout } from "./services/checkout.mjs";
import { openDatabase } from "./data/database.mjs";
import { createFlags } from "./flags.mjs";
import { createJobs } from "./services/jobs.mjs";
import { createMail } from "./services/mail.mjs";
import { createPayments } from "./services/payments.mjs";
import { createPhotos } from "./photos.mjs";
import { port } from "./settings.mjs";

const outside = new Worker(new URL("outside.mjs", import.meta.url), { execArgv: [] });
const [[outsideUrl], database] = await Promise.all([once(outside, "message"), openDatabase()]);

const flags = createFlags({ search_anywhere: 0.5, fuzzy_check: 0 });
const catalogue = createCatalogue({ database });
const jobs = createJobs({ "send mail": createMail({ relayUrl: `${outsideUrl}/mail` }) });
const pay = createPayments({ database, processorUrl: `${outsideUrl}/charges` });
const checkout = createCheckout({ catalogue, database, flags, jobs, pay });
const app = createApp({ catalogue, checkout, flags, savePhoto: createPhotos({ database }) });

const gauges = setInterval(() => {
  catalogue.reportHitRate();
  const { rss, heapUsed } = process.memoryUsage();
  metrics.gauge("memory.usage", rss, { unit: "byte", attributes: { kind: "rss" } });
  metrics.gauge("memory.usage", heapUsed, { unit: "byte", attributes: { kind: "heap" } });
}, 1000);

const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, (address) =>
  console.log(`http://127.0.0.1:${address.port}`),
);

/** Waits for open requests to end, for at most a second, and closes idle connections. */
async function closeServer() {
  const closed = once(server, "close");
  server.close();
  const closeTimer = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(closeTimer);
}

let stopping = false;

async function stop() {
  if (stopping) return;
  stopping = true;
  clearInterval(gauges);
  await closeServer();
  await jobs.drained();
  await Promise.all([Sentry.close(2000), close(2000), outside.terminate()]);
  database.close();
}

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void stop());
