/** Why a request was not taken: the HTTP status and the reason, in words the sender can act on. */
export interface Refusal {
  ok: false;
  status: 400 | 413 | 415;
  reason: string;
}

export const refuse = (status: Refusal["status"], reason: string): Refusal => ({
  ok: false,
  status,
  reason,
});
