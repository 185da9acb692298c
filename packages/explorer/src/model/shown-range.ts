/** A range of time, as RFC 3339 times and as its length in seconds. */
export interface ShownRange {
  since: string;
  until: string;
  seconds: number;
}
