const MESSAGES = {
  card_declined: "The bank declined the card",
  insufficient_funds: "The account has insufficient funds",
  suspected_fraud: "The payment looks like fraud",
  fraud_check_timeout: "The fraud check did not answer in time",
};

/** A declined payment. `reason` has few possible values, so it can be an attribute. */
export class PaymentDeclined extends Error {
  name = "PaymentDeclined";
  /** The HTTP status of the answer. Sentry's SDK does not report errors with a 4xx status. */
  status = 402;

  constructor(reason, options) {
    super(MESSAGES[reason] ?? reason, options);
    this.reason = reason;
  }
}
