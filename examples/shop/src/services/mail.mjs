import * as Sentry from "@sentry/node";
import { TryAgain } from "./jobs.mjs";

/** Sends mail to the relay, which may refuse it for now (450) or refuse the address (550). */
export function createMail({ relayUrl }) {
  return async function send({ template, to, order }) {
    const response = await fetch(relayUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ to, template, order }),
    });
    const { smtpCode } = await response.json();
    if (smtpCode === 450) throw new TryAgain("greylisted");
    if (smtpCode === 250) Sentry.metrics.count("email.sent", 1, { attributes: { template } });
    else Sentry.metrics.count("email.failed", 1, { attributes: { template, smtp_code: smtpCode } });
  };
}
