/** The refusal of a request: its HTTP status and the reason, for the sender. */
export interface Refusal {
  ok: false;
  status: 400 | 413 | 415;
  reason: string;
}

/** Creates a refusal. */
export const refuse = (status: Refusal["status"], reason: string): Refusal => ({
  ok: false,
  status,
  reason,
});
