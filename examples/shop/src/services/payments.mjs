import * as Sentry from "@sentry/node";
import { metrics } from "@spanmeter/node";
import { createFraudCheck } from "./fraud.mjs";
import { PaymentDeclined } from "./payment-declined.mjs";

/** Creates a function that charges cards which pass the fraud check. */
export function createPayments({ database, processorUrl }) {
  const checkFraud = createFraudCheck({ database });

  async function charge({ card, cents }) {
    const response = await fetch(processorUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ card, cents }),
    });
    const { code } = await response.json();
    if (!response.ok) throw new PaymentDeclined(code);
  }

  return async function pay(payment) {
    try {
      await checkFraud(payment);
      await charge(payment);
    } catch (error) {
      if (error instanceof PaymentDeclined) recordDeclined(error, payment);
      throw error;
    }
  };
}

function recordDeclined({ reason }, { card }) {
  const brand = card.startsWith("4") ? "visa" : "mastercard";
  metrics.count("payment.declined", 1, { attributes: { reason, brand } });
  Sentry.logger.warn("Payment declined", { reason, brand });
}
