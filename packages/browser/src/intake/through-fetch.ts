import type { Transport, TransportFactory, TransportOptions } from "@spanmeter/core";
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

/** A page that ends may send many envelopes at once; SDKs refuse the 41st or the 65th. */
const BUFFER_SIZE = 1000;

/** A transport of a Sentry SDK whose requests are made by `deliver`, which knows how a page ends. */
export const throughFetch =
  (make: MakeTransport, deliver: (options: PageTransportOptions) => Deliver): TransportFactory =>
  (options) => {
    const deliverBody = deliver(options);
    let isSending = false;
    let delivery: ReturnType<Deliver> | undefined;

    async function fetch(_url: string, { body }: { readonly body: string }): Promise<Answer> {
      const delivering = deliverBody(body);
      // The answer takes the short way. The transport need not know of it, nor hold back by itself later what
      // the page could store.
      if (isSending) delivery = delivering;
      const isSeen = isSending;
      const { statusCode, headers } = await delivering;
      return {
        status: isSeen ? 200 : statusCode,
        headers: { get: (name) => (!isSeen && headers?.[name.toLowerCase()]) || null },
      };
    }

    const transport = make({ ...options, bufferSize: BUFFER_SIZE } as TransportOptions, fetch);
    return {
      async send(envelope) {
        isSending = true;
        delivery = undefined;
        let sending: ReturnType<Transport["send"]>;
        try {
          sending = transport.send(envelope);
        } finally {
          isSending = false;
        }
        if (!delivery) return sending;
        sending.then(undefined, () => {});
        return delivery;
      },
      flush: async (timeoutMs) => transport.flush(timeoutMs),
    };
  };
