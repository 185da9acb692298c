import { Scope, type Client as SentryClient } from "@sentry/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openTelemetry, sentry, serverSentry, volume } from "../../src/index.js";
import type { Client, Part } from "../../src/index.js";
import { setUp } from "../set-up.js";

/** A scope of the real SDK, whose span a test sets as the SDK does. */
class TestScope extends Scope {
  declare refs: Record<string, unknown>;
  setSpan(digit: string | undefined): void {
    const ids = { traceId: digit?.repeat(32), spanId: digit?.repeat(16) };
    this.refs = digit ? { span: { deref: () => ({ spanContext: () => ids }) } } : {};
  }
}

/** The globals of an SDK whose current scopes a test changes, as one object of a storage or one by one. */
function sdk(hasStorage: boolean) {
  const clients = [{ getOptions: () => ({}) }, { getOptions: () => ({ release: "next" }) }];
  const scopes = [0, 1, 2, 3].map(() => new TestScope());
  for (const scope of scopes) {
    scope.setClient(clients[0] as unknown as SentryClient);
    scope.setPropagationContext({ traceId: "f".repeat(32), sampleRand: 0.5 });
    // Without a span nothing is remembered.
    scope.setSpan("a");
  }
  const [globalScope, current, isolation] = scopes as [TestScope, TestScope, TestScope];
  const now = { current, isolation, clients, scopes, globalScope };
  let store = { scope: current, isolationScope: isolation };
  function getStore() {
    if (store.scope !== now.current || store.isolationScope !== now.isolation)
      store = { scope: now.current, isolationScope: now.isolation };
    return store;
  }
  const acs = {
    getCurrentScope: () => now.current,
    getIsolationScope: () => now.isolation,
    ...(hasStorage && { getTracingChannelBinding: () => ({ asyncLocalStorage: { getStore } }) }),
  };
  return { now, global: { __SENTRY__: { version: "11.0.0", "11.0.0": { acs, globalScope } } } };
}

type World = ReturnType<typeof sdk>["now"];
type Change = (world: World, client: Client) => void;

const scopeAt = (world: World, i: number): TestScope => world.scopes[i] as TestScope;
const key = fc.constantFrom("route", "shop");
const place = fc.nat(3);

const change: fc.Arbitrary<Change> = fc.oneof(
  place.map(
    (i): Change =>
      (world) =>
        void (world.current = scopeAt(world, i)),
  ),
  place.map(
    (i): Change =>
      (world) =>
        void (world.isolation = scopeAt(world, i)),
  ),
  fc.tuple(place, key, fc.constantFrom("a", 1, ["list"])).map(
    ([i, name, value]): Change =>
      (world) =>
        void scopeAt(world, i).setAttribute(name, value),
  ),
  fc.tuple(place, key).map(
    ([i, name]): Change =>
      (world) =>
        void scopeAt(world, i).removeAttribute(name),
  ),
  fc.tuple(place, fc.constantFrom("a", "b", undefined)).map(
    ([i, digit]): Change =>
      (world) =>
        scopeAt(world, i).setSpan(digit),
  ),
  place.map(
    (i): Change =>
      (world) =>
        void scopeAt(world, i).setPropagationContext({ traceId: "e".repeat(32), sampleRand: 0.5 }),
  ),
  fc.nat(1).map((i): Change => (world) => {
    for (const scope of world.scopes) scope.setClient(world.clients[i] as unknown as SentryClient);
  }),
  fc.constantFrom("a", undefined).map(
    (plan): Change =>
      (_, client) =>
        client.setAttributes({ plan }),
  ),
);

const call = fc.record({
  changes: fc.array(change, { maxLength: 1 }),
  calls: fc.integer({ min: 1, max: 3 }),
  /** Attributes of a `withAttributes` around the calls. */
  around: fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
  options: fc.constantFrom({}, {}, {}, { trace: { traceId: "d".repeat(32) } }),
});

type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** Records all calls with one reader of the SDK, and returns what was sent. */
async function record(reader: Part, all: readonly Call[], hasStorage = false) {
  const { global, now } = sdk(hasStorage);
  const parts = [reader, openTelemetry(), volume()];
  const { client, transport } = setUp({}, { global, parts });
  for (const { changes, calls, around, options } of all) {
    for (const each of changes) each(now, client);
    const run = (): void => {
      for (let i = 0; i < calls; i++) client.metrics.count("a", 1, options);
    };
    if (around) client.withAttributes({ around }, run);
    else run();
  }
  await client.flush();
  return transport.metrics.map(({ traceId, spanId, attributes }) => ({
    traceId,
    spanId,
    attributes,
  }));
}

const step = (change: Change): Call => ({
  changes: [change],
  calls: 2,
  around: undefined,
  options: {},
});

const other = (world: World): TestScope => scopeAt(world, 3);

test.each<[name: string, change: Change]>([
  ["the current scope has an attribute", (world) => void world.current.setAttribute("a", 1)],
  ["the isolation scope has an attribute", (world) => void world.isolation.setAttribute("a", 1)],
  ["the global scope has an attribute", (world) => void world.globalScope.setAttribute("a", 1)],
  [
    "another scope with attributes is the current one",
    (world) => void (world.current = other(world).setAttribute("a", 1)),
  ],
  [
    "another scope with attributes is the isolation scope",
    (world) => void (world.isolation = other(world).setAttribute("a", 1)),
  ],
  ["another span is active", (world) => world.current.setSpan("b")],
  ["no span is active", (world) => world.current.setSpan(undefined)],
  [
    "another client of the SDK is in use",
    (world) => world.current.setClient(world.clients[1] as unknown as SentryClient),
  ],
  ["the client has another attribute", (_, client) => client.setAttributes({ plan: "free" })],
])("what is remembered is forgotten when %s", async (_, change) => {
  const all = [step(() => {}), step(change)];
  const sent = await record(serverSentry(), all);
  expect(sent).toEqual(await record(sentry(), all));
  expect(sent).toEqual(await record(serverSentry(), all, true));
  expect({ ...sent[3], attributes: own(sent[3]?.attributes) }).not.toEqual({
    ...sent[1],
    attributes: own(sent[1]?.attributes),
  });
});

/** Without what the queue adds. */
function own(attributes: object = {}): object {
  return { ...attributes, "sentry.timestamp.sequence": 0 };
}

test("a server finds what a page reads at each call, whatever changes between calls", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { minLength: 5, maxLength: 20 }),
      fc.boolean(),
      async (all, hasStorage) => {
        expect(await record(serverSentry(), all, hasStorage)).toEqual(await record(sentry(), all));
      },
    ),
    { numRuns: 100 },
  );
});
