import type { Client } from "../contract/client.js";
import type { AttributeMap, Attributes, Metrics } from "../contract/metric.js";
import type { Bind, RecordBound, RecordCall } from "../contract/stage.js";
import { copyAttributes } from "../engine/attributes.js";
import { createSlot } from "../engine/process-slot.js";
import { bindTo, createVerbs } from "../record/verbs.js";

/**
 * Takes the place of a client until there is one. All copies of the package in a process share it, also
 * those of other versions: members keep their names.
 */
export interface Early {
  /** For copies that do not know `releases`: counts their calls as lost. */
  readonly metrics: Metrics;
  readonly options?: undefined;
  /** Attributes of `setAttributes`. */
  attributes?: AttributeMap;
  /** Attributes of the `withAttributes` that is running. */
  around?: AttributeMap | undefined;
  /** Each copy of the package gives the calls that it buffered to the client. */
  readonly releases?: ((client: Client) => void)[];
  /** Warns, once, that calls wait for `init()`. Absent in production bundles. */
  warn?(): void;
  /** Gives everything to the client that took this place. */
  close(): void;
}

/** Buffers or counts the calls of one copy of the package, until `early` is released. */
export type StartEarly = (early: Early) => Metrics;

/** How often this copy of the package changed the current client. */
let changes = 0;

/** The current client of all copies of this package. */
const slot = /* @__PURE__ */ createSlot<Client | Early>("spanmeter.current", createEarly);

function createEarly(): Early {
  const releases: ((client: Client) => void)[] = [];
  const early: Early = {
    metrics: countEarly({ releases }),
    releases,
    close() {
      const client = getClient() as Client;
      client.setAttributes({ ...early.attributes });
      for (const release of releases) release(client);
    },
  };
  return early;
}

/** Counts early calls, and reports them as lost once there is a client. */
export function countEarly({ releases }: Pick<Early, "releases">): Metrics {
  let calls = 0;
  releases?.push((client) => {
    if (calls) client.missed?.(calls);
  });
  return createVerbs(() => void calls++);
}

/** Makes verbs that record with the current client; calls before there is one go to `start`'s verbs. */
export function createMetrics(start: StartEarly): Metrics {
  let early: Early | undefined;
  let earlyVerbs: Metrics;

  function verbs(): Metrics {
    const current = slot.get();
    // An early one of another version buffers by itself.
    if (current.options || !current.releases) return current.metrics;
    if (current !== early) earlyVerbs = start((early = current));
    return earlyVerbs;
  }

  const record: RecordCall = (type, name, value, options) =>
    verbs()[type === "counter" ? "count" : type](name, value, options);

  const bindGeneral = bindTo(record);

  /** Follows the current client: what was found with it is found again when there is another one. */
  function bind(...[type, name, options]: Parameters<Bind>): RecordBound {
    const general = bindGeneral(type, name, options);
    let boundAt = -1;
    let recordBound = general;
    return function recordCurrent(value, given) {
      // The slot costs as much as the call: it is read after a change that this copy of the package made, and when
      // another copy made one, which closes the client.
      if (boundAt === changes && recordBound(value, given) !== false) return;
      const { bind: bindCurrent } = slot.get() as Partial<Client>;
      boundAt = bindCurrent ? changes : -1;
      recordBound = bindCurrent?.(type, name, options) ?? general;
      recordBound(value, given);
    };
  }

  return {
    ...createVerbs(record, bind),
    count: (name, value, options) => verbs().count(name, value, options),
    gauge: (name, value, options) => verbs().gauge(name, value, options),
    distribution: (name, value, options) => verbs().distribution(name, value, options),
  };
}

/**
 * Makes `client` the current one: it gets the early calls, and the client before it is closed, unless its end is
 * that of a Sentry client.
 */
export function makeCurrent<C extends Client>(client: C): C {
  const previous = slot.get();
  slot.set(client);
  changes++;
  if (previous !== client && !(previous as Partial<Client>).endsWithSentry) void previous.close();
  return client;
}

/** The client made by `init()`, if there is one. */
export function getClient(): Client | undefined {
  const client = slot.get();
  return client.options && client;
}

/** Sends pending metrics; see {@link Client.flush}. `true` without a client, as nothing is pending. */
export async function flush(timeoutMs?: number): Promise<boolean> {
  const client = slot.get();
  if (client.options) return client.flush(timeoutMs);
  if (__DEV__) client.warn?.();
  return true;
}

/** Flushes and turns the current client off; see {@link Client.close}. */
export async function close(timeoutMs?: number): Promise<boolean> {
  const client = slot.get();
  if (client.options) return client.close(timeoutMs);
  if (__DEV__) client.warn?.();
  return true;
}

/**
 * Changes the attributes of every metric from here on; `undefined` and `null` remove one. Before
 * `init()` they wait for it.
 */
export function setAttributes(attributes: Attributes): void {
  const client = slot.get();
  if (client.options) client.setAttributes(attributes);
  else client.attributes = { ...client.attributes, ...copyAttributes(attributes, true) };
}

/**
 * Runs `fn`; everything recorded inside carries the attributes, and not those that are `undefined` or
 * `null`. Returns what `fn` returns. Before `init()` they end at the first `await` inside.
 */
export function withAttributes<T>(attributes: Attributes, fn: () => T): T {
  const client = slot.get();
  if (client.options) return client.withAttributes(attributes, fn);
  const { around } = client;
  client.around = { ...around, ...copyAttributes(attributes, true) };
  try {
    return fn();
  } finally {
    client.around = around;
  }
}
