import type { JsonObject } from "./broken-rule.js";

/** Rules for reading envelopes that differ between tests. */
export interface EnvelopeRules {
  /**
   * `true` for envelopes of other SDKs, which must follow Relay's rules, but not Spanmeter's further
   * promises (`sent_at`, `sdk`, `version: 2`).
   * @default false
   */
  readonly foreign?: boolean;
  /**
   * The maximum canonical size of a metric, in bytes. Relay's limit is 1 MiB.
   * @default 1048576
   */
  readonly maxMetricBytes?: number;
  /**
   * The maximum average of JSON bytes per metric of a container; Relays before 2026-04 allow 2048.
   * @default Infinity
   */
  readonly maxAverageBytes?: number;
}

/** One item of an envelope. */
export interface ReadItem {
  readonly header: JsonObject;
  readonly payload: Uint8Array;
  /** The parsed payload of a metric container or a client report. */
  readonly json?: unknown;
}
