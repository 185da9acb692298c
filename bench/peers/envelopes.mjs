import { gunzipSync } from "node:zlib";
import { createEnd } from "./end.mjs";

const decoder = new TextDecoder();

/** The metrics in the bytes of an envelope, gzipped or not; throws when they are none. */
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
 * How many metrics are in envelopes. Each must carry all that the call gave it, so that nobody is fast
 * by leaving something out.
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

export const envelopesEnd = (wanted) => createEnd(import.meta.url, wanted);
