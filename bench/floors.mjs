// Measures where the time of a raw and of a folded call goes, in one process: `node bench/floors.mjs`.
// It writes the table of docs/performance-sdk.md between its markers; `--dry` only prints it.
import { AsyncLocalStorage } from "node:async_hooks";
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { copyAttributes } from "../packages/core/dist/index.production.js";
import { fold, init, metrics } from "../packages/node/dist/index.js";
import { quantile } from "./harness/statistics.mjs";
import { endRequestsAt } from "./peers/network.mjs";
import { attributeSets } from "./workload.mjs";

const SLICE = 500;
/** Fewer calls than a batch of the queue under load: no slice waits for a send. */
const SLICES_PER_FLUSH = 2;
const ROUNDS = process.argv.includes("--quick") ? 40 : 600;
/** Rounds before the code is compiled. */
const WARM_UP = ROUNDS / 4;
const PAGE = join(import.meta.dirname, "../docs/performance-sdk.md");

const attributes = attributeSets.three;
const storage = new AsyncLocalStorage();
const walked = new Map();
let line = [];
/** What floors compute ends here: the compiler must not remove it. */
const last = { result: undefined };

/** Finds the object of a series by the keys and values of its attributes. */
function walk(given) {
  let level = walked;
  for (const key in given) {
    let values = level.get(key);
    if (!values) level.set(key, (values = new Map()));
    const value = given[key];
    level = values.get(value);
    if (!level) values.set(value, (level = new Map()));
  }
  return level;
}

/** As many fields as a waiting metric has. */
class Metric {
  sequence = 0;
  arrivalIndex = 0;
  constructor(series, value, location, time) {
    this.series = series;
    this.value = value;
    this.location = location;
    this.time = time;
  }
}
const makeMetric = (series, value) => new Metric(series, value, walked, 1);

const shared = makeMetric(walked, 1);

/** The parts alone, as plain code: a call that does them cannot cost less. */
const floors = {
  "the caller's own objects": (i) => (last.result = { attributes: attributes(i) }),
  "clock (`Date.now`)": () => (last.result = Date.now()),
  "`AsyncLocalStorage` read": () => (last.result = storage.getStore()),
  "copy of 3 attributes": (i) => (last.result = copyAttributes(attributes(i))),
  "table walk, 3 keys and values": (i) => (last.result = walk(attributes(i))),
  "metric object": (i) => (last.result = makeMetric(walked, i)),
  "queue push": () => line.push(shared),
  "addition to a sum": (i) => (shared.sequence += i),
};
/** These floors create the caller's objects, whose time is taken off. */
const WITH_OBJECTS = ["copy of 3 attributes", "table walk, 3 keys and values"];
const OBJECTS = "the caller's own objects";
const RAW_PARTS = Object.keys(floors).filter((name) => !/^copy|^addition/.test(name));
/** A counter that is folded reads no clock: the end of its interval says the time. */
const FOLDED_PARTS = [OBJECTS, "table walk, 3 keys and values", "addition to a sum"];

const EMPTY = "empty";
const empty = () => {};
const RAW = "raw `count`";
const FOLDED = "folded `count`, by series";
const SENDING = "encoding and sending a raw metric, without compression and network";

const calls = {
  [RAW]: (i) => metrics.count("raw.sent", 1, { attributes: attributes(i) }),
  [FOLDED]: (i) => metrics.count("folded.sent", 1, { attributes: attributes(i) }),
};

/** Nanoseconds a call of one slice. The empty call is measured like the others, and taken off all of them. */
function sliceOf(call, from) {
  return storage.run(walked, () => {
    const start = process.hrtime.bigint();
    for (let i = from; i < from + SLICE; i++) call(i);
    return Number(process.hrtime.bigint() - start) / SLICE;
  });
}

async function measure() {
  endRequestsAt(() => {});
  // As a server runs: in development each call is also checked for what Sentry would change.
  process.env.NODE_ENV = "production";
  const volume = [{ match: "folded.*", policy: fold({ by: "series" }) }];
  const client = init({ dsn: "http://public@127.0.0.1:9/1", shutdown: { spool: false }, volume });
  const variants = Object.entries({ [EMPTY]: empty, ...floors, ...calls }).map(([name, call]) => ({
    name,
    call,
    times: [],
  }));
  const sending = [];
  for (let round = 0; round < ROUNDS; round++) {
    line = [];
    for (const { name, call, times } of variants) {
      for (let slice = 0; slice < SLICES_PER_FLUSH; slice++) {
        const from = (round * SLICES_PER_FLUSH + slice) * SLICE;
        const time = sliceOf(call, from);
        if (round >= WARM_UP) times.push(time);
      }
      if (name !== RAW) continue;
      const start = process.hrtime.bigint();
      await client.flush();
      const time = Number(process.hrtime.bigint() - start) / (SLICE * SLICES_PER_FLUSH);
      if (round >= WARM_UP) sending.push(time);
    }
  }
  await client.flush();
  const { delivered, recorded } = client.stats();
  if (delivered !== recorded) throw new Error(`${recorded} calls recorded, ${delivered} delivered`);
  const measured = variants.map(({ name, times }) => [name, quantile(times, 1 / 4)]);
  return Object.fromEntries([...measured, [SENDING, quantile(sending, 1 / 4)]]);
}

/** Takes the loop off everything, and the caller's objects off the floors that create them. */
function withoutObjects(measured) {
  const net = { ...measured };
  for (const name of [...Object.keys(floors), ...Object.keys(calls)])
    net[name] = Math.max(0, measured[name] - measured[EMPTY]);
  for (const name of WITH_OBJECTS) net[name] = Math.max(0, net[name] - net[OBJECTS]);
  return net;
}

function table(net) {
  const cell = (parts, name) => (parts.includes(name) ? net[name].toFixed(1) : "");
  const lines = Object.keys(floors).map(
    (name) =>
      `| ${name} | ${net[name].toFixed(1)} | ${cell(RAW_PARTS, name)} | ${cell(FOLDED_PARTS, name)} |`,
  );
  const sum = (parts) => parts.reduce((total, name) => total + net[name], 0);
  const [raw, folded] = [sum(RAW_PARTS), sum(FOLDED_PARTS)];
  const times = (whole, floor) => (whole / floor).toFixed(1);
  const [{ model }] = cpus();
  return `Machine: ${model.trim()}, ${cpus().length} cores, Node ${process.version}, ${process.platform} ${process.arch}.

| part, ns | alone | in a raw call | in a folded call |
|---|--:|--:|--:|
${lines.join("\n")}
| **sum of these floors** | | ${raw.toFixed(1)} | ${folded.toFixed(1)} |
| **whole call, measured** | | ${net[RAW].toFixed(1)} | ${net[FOLDED].toFixed(1)} |
| whole call as a multiple of the sum | | ${times(net[RAW], raw)} | ${times(net[FOLDED], folded)} |
| ${SENDING} | | ${net[SENDING].toFixed(1)} | |`;
}

const text = table(withoutObjects(await measure()));
console.log(text);
if (!process.argv.includes("--dry")) {
  const page = await readFile(PAGE, "utf8");
  const place = /(?<=<!-- floors -->\n)[^]*?(?=<!-- \/floors -->)/;
  if (!place.test(page)) throw new Error("docs/performance-sdk.md has no markers");
  await writeFile(
    PAGE,
    page.replace(place, () => `\n${text}\n\n`),
  );
}
process.exit(0);
