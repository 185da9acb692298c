/** What delivery lets the queue do now, as servers answer. */
export interface Gate {
  /** How many batches may be under way at once; 0 while nothing may be sent. */
  slots: number;
  /** When something may be sent again, in milliseconds since the epoch; 0 when it may now. */
  opensAt: number;
  /** Whether Sentry asked for a pause: what arrives then is folded. */
  isLimited: boolean;
}
