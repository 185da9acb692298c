import type {
  Transport,
  TransportFactory,
  TransportOptions,
  TransportResponse,
} from "@spanmeter/core";
import type { Deliver, PageTransportOptions } from "../transport/page-transport.js";

/**
 * Makes a transport, such as `makeFetchTransport` of `@sentry/browser`. That one makes its requests with the
 * function it is given; others ignore it.
 */
export type MakeTransport = (options: TransportOptions, fetch?: Fetch) => Transport;

type Fetch = (url: string, init: { readonly body: string }) => Promise<Answer>;

/** The part of a `Response` that the transport reads. */
interface Answer {
  readonly status: number | undefined;
  readonly headers: { get(name: string): string | null };
}

/** A transport of a Sentry SDK whose requests are made by `deliver`, which knows how a page ends. */
export const throughFetch =
  (
    make: MakeTransport,
    deliver: (options: PageTransportOptions) => Deliver,
  ): TransportFactory =>
  (options) => {
    const deliverBody = deliver(options);
    let delivery: ReturnType<Deliver> | undefined;
    const transport = make(options, async (_url, { body }) => {
      delivery = deliverBody(body);
      const { statusCode, headers } = await delivery;
      return {
        status: statusCode,
        headers: { get: (name) => headers?.[name.toLowerCase()] ?? null },
      };
    });
    return {
      async send(envelope) {
        delivery = undefined;
        const sending = transport.send(envelope);
        // What is stored or dropped is known at once, and no transport of Sentry's passes it on.
        return isKnown(delivery) ? delivery : sending;
      },
      flush: async (timeoutMs) => transport.flush(timeoutMs),
    };
  };

const isKnown = (delivery: ReturnType<Deliver> | undefined): delivery is TransportResponse =>
  Boolean(delivery && !("then" in delivery));
