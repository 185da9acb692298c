// Counters with 3 attributes that recur, one variant per process.
//
//   call(i)      one call that adds 1
//   around(fn)   runs `fn` in a span, if the variant reads one
//   flush()      sends what was recorded
//   arrived()    resolves to the sum that has arrived
import { attributeSets, keysOf } from "../workload.mjs";
import { endRequestsAt } from "./network.mjs";
import { sumsEnd } from "./sums.mjs";

const attributes = attributeSets.three;
const keys = keysOf("three");

async function openSpanmeter({ by, maxQueueItems, isBound, maxSeries, attributesOf = attributes }) {
  const { DSN, inSpan, initTracing } = await import("./sentry-module.mjs");
  const { fold, init, metrics } = await import("../../packages/node/dist/index.js");
  const isTraced = by === "span";
  if (isTraced) initTracing();
  const end = sumsEnd({ keys: attributesOf === attributes ? keys : [], traced: isTraced });
  endRequestsAt(end.take);
  const volume = by && [{ match: "email.*", policy: fold({ by }), maxSeries }];
  const client = init({ dsn: DSN, shutdown: { spool: false }, volume, maxQueueItems });
  const handle = metrics.createCounter("email.sent", { attributes: attributes(0) });
  const bound = () => handle.add(1);
  const call = (i) => metrics.count("email.sent", 1, { attributes: attributesOf(i) });
  /** The sum proves nothing about folding: raw calls add up to it, too. A short run has a call of each series. */
  function checkFolded() {
    const { calls, items, series } = client
      .stats()
      .metrics.find(({ name }) => name === "email.sent");
    if (items >= calls && calls > series)
      throw new Error(`${calls} calls were sent as ${items} items, not folded`);
  }
  return {
    call: isBound ? bound : call,
    around: isTraced ? inSpan : (fn) => fn(),
    flush: () => client.flush(),
    arrived() {
      if (by) checkFolded();
      return end.arrived();
    },
  };
}

async function openPrometheus({ isBound, attributesOf = attributes }) {
  const { default: prometheus } = await import("prom-client");
  const counter = new prometheus.Counter({
    name: "email_sent",
    help: "sent",
    labelNames: Object.keys(attributesOf(0)),
  });
  const child = isBound && counter.labels(attributes(0));
  const bound = () => child.inc(1);
  const call = (i) => counter.inc(attributesOf(i), 1);
  return {
    call: isBound ? bound : call,
    around: (fn) => fn(),
    flush: async () => {},
    arrived: async () => (await counter.get()).values.reduce((sum, { value }) => sum + value, 0),
  };
}

async function openOpenTelemetry() {
  const { open } = await import("./opentelemetry.mjs");
  const { add, arrived } = await open();
  return {
    call: (i) => add(1, attributes(i)),
    around: (fn) => fn(),
    flush: async () => {},
    arrived,
  };
}

/** The clock that a raw call has to read: the least that the call can cost. */
function openClock() {
  const last = { time: 0 };
  let calls = 0;
  return {
    call() {
      last.time = Date.now();
      calls++;
    },
    around: (fn) => fn(),
    flush: async () => {},
    arrived: async () => (last.time > 0 ? calls : 0),
  };
}

const variants = {
  "spanmeter, folded by series": () => openSpanmeter({ by: "series" }),
  "spanmeter, folded by span": () => openSpanmeter({ by: "span" }),
  "spanmeter, handle by series": () => openSpanmeter({ by: "series", isBound: true }),
  "spanmeter, handle by span": () => openSpanmeter({ by: "span", isBound: true }),
  "spanmeter, raw handle": () => openSpanmeter({ isBound: true }),
  "spanmeter, raw count": () => openSpanmeter({}),
  "spanmeter, full queue": () => openSpanmeter({ maxQueueItems: 100 }),
  "prom-client": () => openPrometheus({}),
  "prom-client, bound": () => openPrometheus({ isBound: true }),
  OpenTelemetry: openOpenTelemetry,
  "Date.now alone": openClock,
};

/** Three attributes with up to 50 values each, of which `count` combinations recur. */
const manySeries = (count) => (i) => {
  const at = i % count;
  return { shop: at % 50, shelf: Math.floor(at / 50) % 50, item: Math.floor(at / 2500) };
};

/** Opens a variant. With `series`, its calls have that many series. */
export function openCounter(name, { series, maxSeries }) {
  if (!series) return variants[name]();
  const attributesOf = manySeries(series);
  if (name === "prom-client") return openPrometheus({ attributesOf });
  return openSpanmeter({ by: "series", attributesOf, maxSeries });
}
