import { SAVED } from "./findings.mjs";
import { EXPECTED, OUTSIDE_REQUESTS } from "./expected.mjs";

/**
 * The minimum growth of the share of failed checkouts in the incident. It is low because on a busy machine
 * some fraud checks time out before the incident.
 */
const RISE = 0.2;

/**
 * Returns a sentence for each missing or wrong finding; none if the demo is complete. `checkouts` is the
 * number of checkouts that visitors tried.
 */
export function verify(findings, { checkouts }) {
  return [
    ...missingMetrics(findings),
    ...refusedMetrics(findings),
    ...missingTraces(findings),
    ...wrongCount(findings, checkouts),
    ...missingSpike(findings),
    ...wrongReservoir(findings),
    ...brokenCase(findings),
    ...missingBrowser(findings),
  ];
}

const problemIf = (isBroken, problem) => (isBroken ? [problem] : []);

function missingMetrics({ metrics }) {
  const names = new Set(metrics.map(({ name }) => name));
  return Object.keys(EXPECTED)
    .filter((name) => !names.has(name))
    .map((name) => `The metric ${name} did not arrive.`);
}

const refusedMetrics = ({ refused }) =>
  refused.map(
    ({ name, dropped, changed }) =>
      `Sentry would have dropped ${dropped} and changed ${changed} of the metric ${name}.`,
  );

const missingTraces = ({ metrics }) =>
  metrics
    .filter(({ name, trace }) => !OUTSIDE_REQUESTS.has(name) && !trace?.spans.length)
    .map(({ name }) => `The trace of the newest ${name} has no spans.`);

function wrongCount({ metrics }, checkouts) {
  const started = metrics.find(({ name }) => name === "checkout.started");
  const sum = (started?.before?.sum ?? 0) + (started?.after?.sum ?? 0);
  return problemIf(
    sum !== checkouts,
    `checkout.started adds up to ${sum}, but visitors tried ${checkouts} checkouts.`,
  );
}

/** The rule of the shop saves items, whose weights stand for the calls that were left out, and billed bytes. */
function wrongReservoir({ metrics, bytes }) {
  const { items, before, after } = metrics.find(({ name }) => name === SAVED) ?? {};
  const calls = (before?.count ?? 0) + (after?.count ?? 0);
  return [
    ...problemIf(
      items !== undefined && !(calls > items),
      `${SAVED} has ${items} items, but they stand for ${calls} calls.`,
    ),
    ...problemIf(
      bytes && !(bytes.billed < bytes.raw),
      `${SAVED} has ${bytes?.billed} billed bytes, but it would have ${bytes?.raw} without its rule.`,
    ),
  ];
}

function missingSpike({ metrics }) {
  const find = (wanted) => metrics.find(({ name }) => name === wanted);
  const share = (window) =>
    (find("checkout.failed")?.[window]?.sum ?? 0) / (find("checkout.started")?.[window]?.sum ?? 1);
  const [before, after] = [share("before"), share("after")];
  const percent = (number) => `${Math.round(100 * number)} %`;
  return problemIf(
    after < before + RISE,
    `checkout.failed did not rise: ${percent(before)} of the checkouts before, ${percent(after)} after.`,
  );
}

function brokenCase({ sample, trace, slowest, errors = [] }) {
  if (!sample) return ["There is no sample of checkout.failed."];
  if (!trace) return [`Nothing was received in the sample's trace ${sample.traceId}.`];
  const linked = trace.spans.some(({ span }) => span.spanId === sample.spanId);
  return [
    ...problemIf(!linked, `The sample's span ${sample.spanId} is not in its trace.`),
    ...problemIf(
      !slowest?.op?.startsWith("db") || slowest.durationMs < trace.durationMs / 10,
      `The slowest span of the sample's trace is not a slow query: ${slowest?.name ?? "there is none"}.`,
    ),
    ...problemIf(errors.length === 0, "The sample's trace has no error."),
  ];
}

function missingBrowser({ browserSample, browserServerSpan }) {
  if (!browserSample) return ["No metric arrived from a browser."];
  const { sdk = "", traceId } = browserSample;
  return [
    ...problemIf(
      !sdk.startsWith("spanmeter.javascript.browser"),
      `The browser's metric was sent by ${sdk || "an unknown SDK"}.`,
    ),
    ...problemIf(!browserServerSpan, `The browser's trace ${traceId} has no span of the server.`),
  ];
}
