// The names, values and attributes that every peer records, in the same order. The
// values of attributes recur as in a shop. Each call creates new objects, as applications do.
import { methods, routes, statuses, ten, thirty, three } from "./recurring.mjs";

/** The number of calls that `@sentry/node` buffers: no peer has to send within a block. */
export const BLOCK = 1000;

/** Returns the value of call number `i`. */
export const valueOf = (i) => (i % 997) / 8;

/** Sets of attributes by name: each returns the attributes of call number `i`. */
export const attributeSets = {
  none: () => undefined,
  three,
  tenRecurring: ten,
  thirty,
  /** Ten attributes, of which three are new strings in each call. */
  ten: (i) => ({
    route: routes[i & 7],
    method: methods[i % 3],
    status: statuses[i & 3],
    region: "eu-central-1",
    tier: i & 1 ? "free" : "paid",
    cached: (i & 1) === 0,
    retries: i & 3,
    user: `user-${i}`,
    order: `order-${i * 7}`,
    session: `session-${i * 13}`,
  }),
};

/** Returns the keys of a set, for peers that need them declared. */
export const keysOf = (set) => Object.keys(attributeSets[set](0) ?? {});
