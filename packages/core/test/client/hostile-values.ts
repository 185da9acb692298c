import fc, { type Arbitrary } from "fast-check";

const fail = (): never => {
  throw new Error("hostile");
};

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cycle(): object {
  const self: { self?: object; list: unknown[] } = { list: [] };
  self.self = self;
  self.list.push(self);
  return self;
}

/** Returns another value at each read. */
function changing(): object {
  const answers: unknown[] = [1, "text", {}, Symbol("x"), 5n, undefined, NaN];
  let reads = 0;
  return new Proxy([1, 2], {
    get: (list, key) => (key === "0" ? answers[reads++ % 7] : Reflect.get(list, key)),
  });
}

/** Throws from every trap of a proxy. */
const throwingProxy = (): object => new Proxy({}, new Proxy({}, { get: () => fail }));

const MAKERS: readonly (() => unknown)[] = [
  revoked,
  cycle,
  changing,
  throwingProxy,
  () => ({
    get a() {
      return fail();
    },
    b: 1,
  }),
  () => ({ toJSON: fail }),
  () => ({ toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail }),
  () => Object.defineProperty([1], 0, { get: fail, enumerable: true }),
  () => new Date(NaN),
  () => new Date(8.64e15),
  () => Object.assign(new Date(0), { getTime: fail }),
  () => Object.assign(new Date(0), { getTime: () => "x" }),
  () => Symbol("x"),
  () => 5n,
  () => fail,
  () => class {},
  () => Promise.resolve(1),
  () => Object.create(null) as object,
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toString":2}') as object,
  () => "x".repeat(50_000),
  () => '\u0000\ud800\udfff\uffff\u2028"\\\n'.repeat(500),
  () => new Proxy(() => {}, {}),
  () => Array.from({ length: 3000 }, (_, i) => i),
  () => -0,
  () => Number.MIN_VALUE,
  () => Number.MAX_VALUE,
  () => 2 ** 63,
];

/**
 * Makes a value. fast-check inspects the values it generates, and hostile values throw then;
 * so it generates recipes, and the property makes the values.
 */
export type Recipe = () => unknown;
type Recipes = Arbitrary<Recipe>;

/** A recipe that fast-check prints as its value in a counterexample. */
const recipeOf = (value: unknown): Recipe =>
  Object.assign(() => value, { [fc.toStringMethod]: () => `() => ${fc.stringify(value)}` });

const plain = <T>(values: Arbitrary<T>): Recipes => values.map(recipeOf);

const objectOf = (parts: { readonly [key: string]: Recipe | undefined }): Recipe =>
  Object.assign(
    () => {
      const made = Object.entries(parts).flatMap(([key, make]) => (make ? [[key, make()]] : []));
      return Object.fromEntries(made) as object;
    },
    { [fc.toStringMethod]: () => `() => object of ${fc.stringify(parts)}` },
  );

const recordOf = (parts: { readonly [key: string]: Recipes }): Recipes =>
  fc.record(parts, { requiredKeys: [] }).map(objectOf);

/** Anything that JavaScript can pass to a function. */
export const hostile: Recipes = fc.oneof(
  fc.constantFrom(...MAKERS),
  plain(
    fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withUnicodeString: true,
    }),
  ),
  plain(fc.string({ unit: "binary" })),
  plain(fc.double()),
);

const key = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "",
    "sentry.timestamp.sequence",
    "\ud800",
  ),
);

export const hostileAttributes: Recipes = fc.oneof(
  hostile,
  fc
    .array(fc.tuple(key, hostile), { maxLength: 8 })
    .map((entries) => objectOf(Object.fromEntries(entries))),
);

const orHostile = (good: Recipes): Recipes => fc.oneof(good, hostile);

/** A function that returns a recipe's value. */
const functionReturning = (results: Recipes): Recipes => results.map((result) => () => result);

const hostileCallOptions: Recipes = fc.oneof(
  { weight: 1, arbitrary: hostile },
  {
    weight: 4,
    arbitrary: recordOf({
      unit: orHostile(plain(fc.constantFrom("byte", "second"))),
      attributes: hostileAttributes,
      timestamp: orHostile(plain(fc.date({ noInvalidDate: false }))),
      trace: orHostile(recordOf({ traceId: hostile, spanId: hostile })),
      scope: orHostile(
        recordOf({
          getPropagationContext: orHostile(
            functionReturning(orHostile(recordOf({ traceId: hostile }))),
          ),
          getScopeData: orHostile(
            functionReturning(recordOf({ attributes: hostileAttributes, user: hostile })),
          ),
          _sentrySpan: hostile,
          refs: orHostile(recordOf({ span: hostile })),
        }),
      ),
      sampleRate: orHostile(plain(fc.double({ min: 0, max: 1 }))),
    }),
  },
);

export interface HostileCall {
  readonly verb: "count" | "gauge" | "distribution";
  readonly name: Recipe;
  readonly value: Recipe;
  readonly options: Recipe;
}

export const hostileCall: Arbitrary<HostileCall> = fc.record({
  verb: fc.constantFrom("count", "gauge", "distribution"),
  name: fc.oneof(
    plain(fc.constantFrom("a", "queue.depth")),
    plain(fc.string({ unit: "binary" })),
    hostile,
  ),
  value: fc.oneof(
    plain(fc.double({ noNaN: true, noDefaultInfinity: true })),
    plain(fc.integer()),
    hostile,
  ),
  options: hostileCallOptions,
});

export type Callback = (...args: unknown[]) => unknown;

/** Callbacks that throw, reject, or return or change values of the wrong type. */
export const hostileCallback: Arbitrary<Callback> = fc.oneof(
  fc.constant(fail),
  hostile,
  hostile.map((answer) => () => Promise.resolve(answer())),
  fc.constant(() => Promise.reject(new Error("hostile"))),
  hostile.map(
    (change) => (metric: unknown) => Object.assign(metric as object, { value: change() }),
  ),
  hostileAttributes.map((attributes) => (metric: unknown) => ({
    ...(metric as object),
    attributes: attributes(),
  })),
  recordOf({ type: hostile, name: hostile, value: hostile, trace: hostile }).map(
    (parts) => (metric: unknown) => ({ ...(metric as object), ...(parts() as object) }),
  ),
);
