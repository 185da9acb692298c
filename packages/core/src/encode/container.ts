import type { Waiting } from "../waiting.js";
import { createMetricText } from "./metric-text.js";
import { createQuote } from "./text.js";

/** The payload of one `trace_metric` item. */
export interface Container {
  readonly payload: Uint8Array;
  /** How many metrics it holds: the first ones of those given. */
  readonly count: number;
}

/** Encodes as many of the given metrics, at least one, as fit into the byte limit. */
export type Encode = (metrics: readonly Waiting[]) => Container;

interface Settings {
  readonly maxBytes: number;
  /** `false` on servers, which never ask Relay to infer anything (wire.md 1.3). */
  readonly ingestSettings: "auto" | "never" | false;
  readonly encodeUtf8: (text: string) => Uint8Array;
}

export function createEncode({ maxBytes, ingestSettings, encodeUtf8 }: Settings): Encode {
  const metricText = createMetricText(createQuote());
  const ingest = ingestSettings
    ? `"ingest_settings":{"infer_ip":"${ingestSettings}","infer_user_agent":"${ingestSettings}"},`
    : "";
  const head = `{"version":2,${ingest}"items":[`;

  return (metrics) => {
    let count = metrics.length;
    for (;;) {
      let text = head;
      for (let i = 0; i < count; i++)
        text += (i > 0 ? "," : "") + metricText(metrics[i] as Waiting);
      const payload = encodeUtf8(`${text}]}`);
      if (payload.length <= maxBytes || count === 1) return { payload, count };
      // Metrics of one batch are of similar size: one more try nearly always fits.
      count = Math.max(1, Math.floor(((count * maxBytes) / payload.length) * 0.95));
    }
  };
}
