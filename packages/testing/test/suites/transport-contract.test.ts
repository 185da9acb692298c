import { createTransport } from "@sentry/core";
import { describeSentryTransport } from "../../src/suites/transport-contract.js";
import { createHttpRig } from "../../src/index.js";

// Sentry's transport over fetch passes the contract, so no rule of it is too strict.
describeSentryTransport("Sentry's transport", () =>
  createHttpRig(
    (options) =>
      createTransport(options as never, async ({ body }) => {
        const response = await fetch(options.url, {
          method: "POST",
          body: body as BodyInit,
          ...(options.headers && { headers: options.headers }),
        });
        await response.arrayBuffer();
        return {
          statusCode: response.status,
          headers: {
            "x-sentry-rate-limits": response.headers.get("x-sentry-rate-limits"),
            "retry-after": response.headers.get("retry-after"),
          },
        };
      }) as never,
  ),
);
