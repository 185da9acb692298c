import { gunzipSync } from "node:zlib";
import { createEnd } from "./end.mjs";

const decoder = new TextDecoder();

/** Returns the metrics of an envelope, gzipped or not. Throws for invalid bytes. */
export function metricsIn(bytes) {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  const [, ...lines] = (typeof plain === "string" ? plain : decoder.decode(plain)).split("\n");
  const metrics = [];
  for (let at = 0; at + 1 < lines.length; at += 2)
    if (JSON.parse(lines[at]).type === "trace_metric")
      metrics.push(...JSON.parse(lines[at + 1]).items);
  return metrics;
}

/**
 * Counts the metrics of envelopes. Throws if one lacks a part of its call, so that no peer is faster
 * because it leaves something out.
 */
export function countIn(bodies, { keys, traced }) {
  const metrics = bodies.flatMap(metricsIn);
  for (const metric of metrics) {
    const lacking = keys.filter((key) => !(key in metric.attributes));
    if (lacking.length > 0) throw new Error(`A metric arrived without ${lacking.join(", ")}`);
    if (!/^[0-9a-f]{32}$/.test(metric.trace_id)) throw new Error("A metric has no trace");
    if (traced && !metric.span_id) throw new Error("A metric arrived without its span");
    if (!Number.isFinite(metric.value)) throw new Error("A metric arrived without its value");
  }
  return metrics.length;
}

/** Reads the number of metrics from the headers of an envelope. Sentry and Spanmeter order them alike. */
function countOf(body) {
  const head =
    typeof body === "string"
      ? body.slice(0, HEAD_LENGTH)
      : Buffer.from(body.buffer, body.byteOffset, body.length).latin1Slice(0, HEAD_LENGTH);
  return Number(/"type":"trace_metric","item_count":(\d+)/.exec(head)?.[1] ?? 0);
}

/** Longer than the headers of an envelope and its first item. */
const HEAD_LENGTH = 500;

/** Creates a receiver for envelopes. */
export const envelopesEnd = (wanted) => createEnd(import.meta.url, wanted, countOf);
