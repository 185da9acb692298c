/** Counts of one metric name, while they are being counted. */
export interface Usage {
  readonly name: string;
  calls: number;
  /** Metrics that were delivered. */
  items: number;
  /** The bytes of these, as Sentry bills them. */
  billedBytes: number;
  /** The bytes that would be billed if each call were sent. */
  rawBytes: number;
  /** Series that were found so far: at most as many as the table holds. */
  series: number;
}
