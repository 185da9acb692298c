// What every peer is asked to record: the same names, values and attributes, in the same order. The
// values of attributes recur as they do in a shop; objects are made anew at each call, as callers do.
const routes = ["/", "/cart", "/checkout", "/login", "/orders", "/products", "/refund", "/search"];
const methods = ["GET", "POST", "PUT"];
const statuses = [200, 201, 404, 500];

/** As many calls as `@sentry/node` buffers: the longest run in which none of the peers must send. */
export const BLOCK = 1000;

export const valueOf = (i) => (i % 997) / 8;

/** Attributes of call number `i`, by the name a case asks for. */
export const attributeSets = {
  none: () => undefined,
  three: (i) => ({ route: routes[i & 7], method: methods[i % 3], status: statuses[i & 3] }),
  /** Ten, of which three are strings that were never seen before. */
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

/** Keys of a set, for peers that want them declared. */
export const keysOf = (set) => Object.keys(attributeSets[set](0) ?? {});
