import type { Transport } from "../contract/transport.js";

/**
 * Makes transports whose methods stay those they were made with. An application may hand out one object for every
 * client: then this instance is that of the Sentry client, whose methods are replaced later, and would call themselves.
 */
export const secondInstance =
  <A extends readonly unknown[]>(make: (...given: A) => Transport): ((...given: A) => Transport) =>
  (...given) => {
    const made = make(...given);
    return { send: made.send.bind(made), flush: made.flush.bind(made) };
  };
