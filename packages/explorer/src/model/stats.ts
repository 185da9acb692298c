import type { Kind, Verdict } from "./received-item.js";

/** Number of stored items of one kind with one verdict. */
export interface KindCount {
  /** Kind of the items. */
  kind: Kind;
  /** Verdict on the items. */
  verdict: Verdict;
  /** Number of stored items. */
  count: number;
}

/** Items that an SDK reported as lost in its client reports. */
export interface LossReport {
  /** `name/version` of the SDK. */
  sdk: string | null;
  /** Why the SDK lost the items, for example `queue_overflow`. */
  reason: string;
  /** Category of the items, for example `trace_metric`. */
  category: string;
  /** Number of lost items. */
  quantity: number;
  /** Time of the last report, RFC 3339. */
  lastSeen: string;
}

/** The contents of the store in numbers. */
export interface Stats {
  /** Stored items. */
  rows: number;
  /** Items received since the data file was made, including those that were removed since. */
  received: number;
  /** Stored items by kind and verdict. */
  kinds: KindCount[];
  /** Items that SDKs reported as lost. */
  lostBySdks: LossReport[];
  /** Items of types that are only counted, such as sessions. */
  otherItems: { type: string; count: number }[];
}
