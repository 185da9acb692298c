import type { JsonObject } from "./broken-rule.js";

export interface EnvelopeRules {
  /**
   * `true` for envelopes of other SDKs: they are held to what Relay enforces, not to what Spanmeter
   * promises beyond that (`sent_at`, `sdk`, `version: 2`). Default: `false`.
   */
  readonly foreign?: boolean;
  /** The most canonical bytes of one metric. Default: 1 MiB, Relay's own limit. */
  readonly maxMetricBytes?: number;
  /** The most JSON bytes of a container per metric; Relays before 2026-04 allow 2048. Default: none. */
  readonly maxAverageBytes?: number;
}

export interface ReadItem {
  readonly header: JsonObject;
  readonly payload: Uint8Array;
  /** The payload when it is a metric container or a client report. */
  readonly json?: unknown;
}
