/** Decides when waiting metrics make a full batch. */
export interface Pace {
  /**
   * Milliseconds until the waiting metrics make a full batch, 0 if they do now, `undefined` if only more metrics or the
   * end of a send can change that.
   */
  fullInMs(): number | undefined;
  /** The most metrics that may leave now in one batch, whose departure this begins. */
  depart(): number;
}

/** The metrics that wait, as far as a pace needs them. */
export interface WaitingLine {
  readonly metrics: { readonly length: number };
  /** Whether it lacks the room to wait for larger batches. */
  isHalfFull(): boolean;
}

/** Makes the pace of one queue; `inFlight` are the batches that have no answer. */
export type CreatePace = (
  runtime: { readonly monotonicMs: () => number },
  line: WaitingLine,
  inFlight: { readonly size: number },
) => Pace;
