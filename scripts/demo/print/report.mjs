import { SAVED } from "../findings/findings.mjs";
import { printAggregates } from "./aggregates.mjs";
import { change, clock, duration, number, quantity } from "./number-text.mjs";
import { bad, faint, headline, line, NARROW, strong, WIDTH } from "./terminal.mjs";
import { causesOf } from "../findings/trace-facts.mjs";
import { attributesText, printWaterfall } from "./waterfall.mjs";

/** Prints metric, sample, trace and root cause as read from the explorer. */
export function printReport(findings, { before, after }) {
  const seconds = (window) => duration((window.until - window.since) * 1000);
  headline(
    1,
    `All metrics, before (${seconds(before)}) and after the incident began (${seconds(after)})`,
  );
  line(faint("below each metric its main attribute; red: more than three times as much"));
  line();
  printAggregates(findings);
  printSaved(findings);
  headline(2, "The spike: failed checkouts, second by second (UTC)");
  printTimeline(findings.timeline, after.since);
  const { sample, trace } = findings;
  if (!sample || !trace) return;
  headline(3, "One sample of it: the newest failure with the reason that grew most");
  printSample(sample);
  headline(4, `Its trace ${sample.traceId}`);
  printWaterfall(findings);
  headline(5, "Metric → sample → trace → root cause");
  printCause(findings);
}

/** Prints what the shop's `volume` rule saves. */
function printSaved({ metrics, bytes }) {
  const { items, before, after } = metrics.find(({ name }) => name === SAVED) ?? {};
  const calls = Math.round((before?.count ?? 0) + (after?.count ?? 0));
  if (calls <= items) return;
  line();
  line(
    `   ${SAVED} is kept in reservoirs: ${number(items)} items stand for ${number(calls)} calls`,
  );
  if (!bytes) return;
  const [billed, raw] = [bytes.billed, bytes.raw].map((count) => quantity(count, "byte"));
  line(`   Sentry bills ${billed} of it; sent call by call, it would bill ${raw}`);
}

function printTimeline(timeline, incident) {
  const marked = timeline.find(({ second }) => second + 1 > incident)?.second;
  const most = Math.max(1, ...timeline.map(({ failed }) => failed));
  for (const { second, started, failed } of timeline) {
    const bar = "█".repeat(Math.round((BAR * failed) / most)).padEnd(BAR);
    const counts = `${number(failed).padStart(3)} failed ${number(started).padStart(3)} started`;
    const note = second === marked ? strong("  ◀ the incident begins") : "";
    line(`   ${clock(second)}  ${bad(bar)} ${counts}${note}`);
  }
}

const BAR = NARROW ? 18 : 36;

function printSample(sample) {
  line(`   ${strong(sample.name)} = ${number(sample.value)}   at ${sample.time.slice(11, 23)} UTC`);
  line(`   ${attributesText(sample)}`);
  line(`   trace ${sample.traceId}  span ${sample.spanId ?? "-"}`);
  line(faint(`   sent by ${sample.sdk}`));
}

function printCause({ metrics, reason, sample, trace, slowest, query, suspects, errors }) {
  const { before, after, by } = metrics.find(({ name }) => name === "checkout.failed");
  const rate = `${number(before?.per_minute ?? 0)} to ${number(after.per_minute)} a minute`;
  const rise = `${rate} (${change(before?.per_minute, after.per_minute)})`;
  const rows = [
    ["metric", `checkout.failed went from ${rise}`],
    ["", `${percent(reason.after.sum, after.sum)} of it with ${by}=${reason.value}`],
    ...suspects.map(({ name, failed, of }) => ["", `with ${name} ${failed} of ${of} failed`]),
    ["sample", attributesText(sample)],
    [
      "trace",
      `${slowest.name} took ${percent(slowest.durationMs, trace.durationMs)} of ${duration(trace.durationMs)}`,
    ],
    ...errors.flatMap((error) => causesOf(error).map((text, at) => [at ? "" : "error", text])),
    ["cause", `query.duration_ms of ${slowest.name}: ${queryText(query)}`],
    ["", String(slowest.attributes["db.query.text"] ?? "").replaceAll(/\s+/g, " ")],
    ...conclusion({ suspects, slowest, query }),
  ];
  for (const [label, text] of rows) printRow(label, text);
}

/** Returns the row with the attribute of most failures and the query that these checkouts wait for. */
function conclusion({ suspects, slowest, query }) {
  const share = ({ failed, of }) => failed / of;
  const worst = suspects.toSorted((one, other) => share(other) - share(one))[0];
  if (!worst) return [];
  const note = query?.before ? "" : ", which is new";
  return [["so", `with ${worst.name} a checkout waits for ${slowest.name}${note}`]];
}

const LABEL_WIDTH = 8;

function printRow(label, text) {
  const wrapped = text.match(new RegExp(`.{1,${WIDTH - LABEL_WIDTH - 4}}(?:\\s|$)`, "g")) ?? [];
  for (const [at, part] of wrapped.entries()) {
    const title = faint((at ? "" : label).padEnd(LABEL_WIDTH));
    line(`   ${title} ${label === "cause" ? bad(part) : part}`.trimEnd());
  }
}

const percent = (part, whole) => `${Math.round((100 * (part ?? 0)) / whole)} %`;

function queryText(query) {
  const now = `p95 ${duration(query?.after?.p95 ?? 0)} after`;
  return query?.before ? `p95 ${duration(query.before.p95)} before, ${now}` : `none before, ${now}`;
}
