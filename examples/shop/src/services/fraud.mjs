import * as Sentry from "@sentry/node";
import { QueryTimeout } from "../data/database.mjs";
import { PaymentDeclined } from "./payment-declined.mjs";

/** The card processor waits this long for the result; after that the payment is declined. */
const BUDGET_MS = 500;
const MAX_SIMILAR = 50;

/** Searches past payments by card and, with `fuzzy`, for new cards by similar addresses. */
export function createFraudCheck({ database }) {
  async function check({ card, email, fuzzy }) {
    const [{ payments }] = await database.query(
      "fraud_check.by_card",
      "SELECT count(*)::INTEGER AS payments FROM payments WHERE card = md5($1)",
      [card],
    );
    if (payments > 0 || !fuzzy) return;
    // The lookup by card has an index and needs no limit, however busy the machine is.
    const signal = AbortSignal.timeout(BUDGET_MS);
    const [{ similar }] = await database.query(
      "fraud_check.similar_email",
      // Not WHERE, because DuckDB checks for interrupts far less often in a filter.
      `SELECT count(*) FILTER (WHERE damerau_levenshtein(email, $1) <= 1)::INTEGER AS similar
       FROM payments`,
      [email],
      signal,
    );
    if (similar > MAX_SIMILAR) throw new PaymentDeclined("suspected_fraud");
  }

  return (payer) =>
    Sentry.startSpan({ op: "payment.fraud_check", name: "fraud check" }, async () => {
      try {
        await check(payer);
      } catch (error) {
        if (!(error instanceof QueryTimeout)) throw error;
        const declined = new PaymentDeclined("fraud_check_timeout", { cause: error });
        Sentry.captureException(declined);
        throw declined;
      }
    });
}
