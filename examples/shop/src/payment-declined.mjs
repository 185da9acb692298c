const MESSAGES = {
  card_declined: "The bank declined the card",
  insufficient_funds: "The account has too little money",
  suspected_fraud: "The payment looks like fraud",
  fraud_check_timeout: "The fraud check did not answer in time",
};

/** The visitor has to pay in another way. `reason` is one of a few words, fit for an attribute. */
export class PaymentDeclined extends Error {
  name = "PaymentDeclined";
  /** The HTTP status of the answer. Sentry's SDK does not report what a visitor is told with a 4xx. */
  status = 402;

  constructor(reason, options) {
    super(MESSAGES[reason] ?? reason, options);
    this.reason = reason;
  }
}
