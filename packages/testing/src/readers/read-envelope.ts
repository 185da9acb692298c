import { must, mustBeObject, mustBeString, type JsonObject } from "./broken-rule.js";
import { readClientReport, type ReadClientReport } from "./read-client-report.js";
import { readMetrics, type ReadMetric } from "./read-metrics.js";
import type { EnvelopeRules, ReadItem } from "./envelope-rules.js";
import { parseStrictJson } from "./strict-json.js";

/** An envelope that was read without a broken rule. */
export interface ReadEnvelope {
  readonly headers: JsonObject;
  readonly items: readonly ReadItem[];
  readonly metrics: readonly ReadMetric[];
  readonly clientReports: readonly ReadClientReport[];
}

/**
 * Reads the bytes of an envelope a little more strictly than Sentry's servers. It shares no code with
 * the encoder, so that both cannot have the same mistake.
 *
 * @throws BrokenRule naming the path inside the envelope and the rule that is broken there.
 */
export function readEnvelope(bytes: Uint8Array, rules: EnvelopeRules = {}): ReadEnvelope {
  const { headers, items } = splitEnvelope(bytes);
  const containers = items.filter(({ header }) => header["type"] === "trace_metric");
  must(containers.length <= 1, "envelope", "must hold at most one trace_metric container");
  if (containers.length > 0)
    must(!("trace" in headers), "headers.trace", "must be absent with metrics");
  const reports = items.filter(({ header }) => header["type"] === "client_report");
  if (!rules.foreign) {
    must(items.length > 0, "envelope", "must hold an item");
    must(
      containers.length + reports.length === items.length,
      "envelope",
      "must hold only metrics and reports",
    );
    checkHeaders(headers);
  }
  return {
    headers,
    items,
    metrics: containers.flatMap((item) => readMetrics(item, "trace_metric", rules)),
    clientReports: reports.map((item) => readClientReport(item, "client_report")),
  };
}

const NEWLINE = 10;
const WITH_JSON: readonly unknown[] = ["trace_metric", "client_report"];

/** Splits the text format of docs/protocol.md#envelope-format at its newlines and lengths. */
function splitEnvelope(bytes: Uint8Array): { headers: JsonObject; items: ReadItem[] } {
  let position = 0;
  const upTo = (end: number): Uint8Array => {
    const part = bytes.subarray(position, end);
    position = Math.min(end + 1, bytes.length);
    return part;
  };
  const line = (): Uint8Array => {
    const end = bytes.indexOf(NEWLINE, position);
    return upTo(end < 0 ? bytes.length : end);
  };
  const headers = parseStrictJson(line(), "headers");
  mustBeObject(headers, "headers");
  const items: ReadItem[] = [];
  while (position < bytes.length) {
    const path = `item[${items.length}]`;
    const header = parseStrictJson(line(), `${path}.header`);
    mustBeObject(header, `${path}.header`);
    mustBeString(header["type"], `${path}.header.type`);
    const { length } = header;
    const payload = length === undefined ? line() : upTo(sizedEnd(bytes, position, length, path));
    const json = WITH_JSON.includes(header["type"])
      ? { json: parseStrictJson(payload, `${path}.payload`) }
      : {};
    items.push({ header, payload, ...json });
  }
  return { headers, items };
}

function sizedEnd(bytes: Uint8Array, start: number, length: unknown, path: string): number {
  must(
    Number.isInteger(length),
    `${path}.header.length`,
    `must be an integer, not ${String(length)}`,
  );
  const end = start + (length as number);
  const fits = end <= bytes.length && (end === bytes.length || bytes[end] === NEWLINE);
  must(fits, `${path}.header.length`, `must be the payload's bytes, not ${String(length)}`);
  return end;
}

const RFC_3339_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function checkHeaders(headers: JsonObject): void {
  const { sent_at: sentAt, sdk, dsn } = headers;
  mustBeString(sentAt, "headers.sent_at");
  const isDate = RFC_3339_UTC.test(sentAt) && !Number.isNaN(Date.parse(sentAt));
  must(isDate, "headers.sent_at", `must be RFC 3339 in UTC, not "${sentAt}"`);
  mustBeObject(sdk, "headers.sdk");
  const { name, version } = sdk;
  mustBeString(name, "headers.sdk.name");
  must(/^[a-z0-9.]+$/.test(name), "headers.sdk.name", `must be dotted words, not "${name}"`);
  mustBeString(version, "headers.sdk.version");
  must(
    /^\d+\.\d+\.\d+/.test(version),
    "headers.sdk.version",
    `must be a version, not "${version}"`,
  );
  if (dsn !== undefined) mustBeString(dsn, "headers.dsn");
}
