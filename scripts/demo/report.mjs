import { printAggregates } from "./aggregates.mjs";
import { change, clock, duration, number } from "./number-text.mjs";
import { bad, faint, headline, line, strong } from "./terminal.mjs";
import { causesOf } from "./trace-facts.mjs";
import { attributesText, printWaterfall } from "./waterfall.mjs";

/** Metric, sample, trace, root cause: all of it as the explorer's store has it. */
export function printReport(findings, { explorerUrl, before, after }) {
  const seconds = (window) => duration((window.until - window.since) * 1000);
  headline(1, `Before (${seconds(before)}) and after (${seconds(after)})`);
  printAggregates(findings);
  headline(2, "The spike: failed checkouts, second by second");
  printTimeline(findings.timeline, after.since);
  const { sample, trace } = findings;
  if (!sample || !trace) return;
  headline(3, "One sample of it");
  printSample(sample);
  headline(4, `Its trace ${sample.traceId}`);
  printWaterfall(findings);
  headline(5, "Root cause");
  printCause(findings);
  line();
  line(faint(`Ask further: npx spanmeter trace ${sample.traceId} --url ${explorerUrl}`));
}

function printTimeline(timeline, incident) {
  const marked = timeline.find(({ second }) => second + 1 > incident)?.second;
  for (const { second, started, failed } of timeline) {
    const room = " ".repeat(Math.max(0, 30 - failed));
    const counts = `${number(failed).padStart(3)} failed ${number(started).padStart(3)} started`;
    const note = second === marked ? strong("  ◀ the incident begins") : "";
    line(`   ${clock(second)}  ${bad("█".repeat(failed))}${room}${counts}${note}`);
  }
}

function printSample(sample) {
  line(`   ${strong(sample.name)} = ${number(sample.value)}   at ${sample.time.slice(11, 23)} UTC`);
  line(`   ${attributesText(sample)}`);
  line(faint(`   trace ${sample.traceId}  span ${sample.spanId ?? "-"}  from ${sample.sdk}`));
}

function printCause({ metrics, sample, trace, slowest, errors }) {
  const find = (name) => metrics.find((metric) => metric.name === name);
  const failed = find("checkout.failed");
  const { before, after } = failed;
  const reason = failed.groups.find(({ value }) => value === sample.attributes[failed.by]);
  const query = find("query.duration_ms").groups.find(({ value }) => value === slowest?.name);
  const share = Math.round((100 * (reason?.after?.sum ?? 0)) / after.sum);
  const rate = `${number(before?.per_minute ?? 0)} to ${number(after.per_minute)} a minute`;
  const rows = [
    [
      "metric",
      `checkout.failed went from ${rate} (${change(before?.per_minute, after.per_minute)})`,
    ],
    ["", `${share} % of the failures after: ${failed.by}=${reason?.value}`],
    ["sample", attributesText(sample)],
    ["trace", `${slowest?.name} took ${share100(slowest, trace)} of ${duration(trace.durationMs)}`],
    ...errors.flatMap((error) => causesOf(error).map((text, at) => [at ? "" : "error", text])),
    ["cause", `query.duration_ms of ${query?.value}: ${queryText(query)}`],
    ["", String(slowest?.attributes["db.query.text"] ?? "").replaceAll(/\s+/g, " ")],
  ];
  for (const [label, text] of rows)
    line(`   ${faint(label.padEnd(8))} ${label === "cause" ? bad(text) : text}`);
}

const share100 = (span, trace) =>
  `${Math.round((100 * (span?.durationMs ?? 0)) / trace.durationMs)} %`;

function queryText(query) {
  const now = `p95 ${duration(query?.after?.p95 ?? 0)} after`;
  return query?.before
    ? `p95 ${duration(query.before.p95)} before, ${now}`
    : `never run before, ${now}`;
}
