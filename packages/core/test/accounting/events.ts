import fc from "fast-check";
import type { MetricType, Options, TransportResponse } from "../../src/index.js";

/** How a send ends; `broken` is a connection without an answer. */
export type End = TransportResponse | "broken";

/** What a client calls of its platform. */
export const PARTS = [
  "now",
  "monotonicMs",
  "random",
  "setTimer",
  "clearTimer",
  "encodeUtf8",
  "encodeMetrics",
  "transport",
  "keep",
] as const;
export type Part = (typeof PARTS)[number];
/** `lost` is a timer that never fires, or an answer that never comes. */
export type FaultKind = "throws" | "nonsense" | "lost";

/** One thing that happens to a client: through its application, its server, or time. */
export type Happening =
  | {
      readonly does: "record";
      readonly type: MetricType;
      readonly name: string;
      readonly series: number;
      readonly value: number;
      readonly times: number;
    }
  | { readonly does: "flush"; readonly timeoutMs: number | undefined }
  | { readonly does: "pass"; readonly ms: number }
  /** Ends one of the sends under way. */
  | { readonly does: "end"; readonly place: number; readonly end: End }
  /** A function of the platform fails from here on, or works again. */
  | { readonly does: "fault"; readonly part: Part; readonly kind: FaultKind | undefined }
  /** The machine's clock is set. */
  | { readonly does: "set clock"; readonly byMs: number }
  /** From here on the server ends every send so, or leaves it hanging. */
  | { readonly does: "weather"; readonly end: End | "hang" };

const limited = (header: string, statusCode: number): End => ({
  statusCode,
  headers: { "x-sentry-rate-limits": header, "retry-after": null },
});

const choose = <T>(...parts: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<T>])[]) =>
  fc.oneof(...parts.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const end: fc.Arbitrary<End> = choose<End>(
  [6, fc.constant({ statusCode: 200 })],
  [3, fc.constant("broken")],
  [3, fc.constantFrom(408, 413, 502, 503, 504).map((statusCode) => ({ statusCode }))],
  [1, fc.constantFrom(400, 403, 404, 500).map((statusCode) => ({ statusCode }))],
  [
    2,
    fc.constantFrom<End>(
      { statusCode: 503, headers: { "retry-after": "7", "x-sentry-rate-limits": null } },
      { statusCode: 429 },
      limited("3:trace_metric:organization", 429),
      limited("20:trace_metric_byte:organization", 200),
      limited("5::organization", 429),
      limited("9:error:organization", 200),
    ),
  ],
);

const happening: fc.Arbitrary<Happening> = choose<Happening>(
  [
    6,
    fc.record({
      does: fc.constant("record" as const),
      type: fc.constantFrom<MetricType>("counter", "gauge", "distribution"),
      name: fc.constantFrom("a", "b", "c"),
      series: fc.nat(9),
      value: fc.integer({ min: -1000, max: 1000 }),
      times: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 300 })),
    }),
  ],
  [
    3,
    fc.record({ does: fc.constant("pass" as const), ms: fc.oneof(fc.nat(1000), fc.nat(70_000)) }),
  ],
  [4, fc.record({ does: fc.constant("end" as const), place: fc.nat(5), end })],
  [
    1,
    fc.record({
      does: fc.constant("flush" as const),
      timeoutMs: fc.option(fc.nat(20_000), { nil: undefined }),
    }),
  ],
  [
    1,
    fc.record({
      does: fc.constant("weather" as const),
      end: fc.oneof(end, fc.constant("hang" as const)),
    }),
  ],
);

const fault: fc.Arbitrary<Happening> = choose<Happening>(
  [
    4,
    fc.record({
      does: fc.constant("fault" as const),
      part: fc.constantFrom(...PARTS),
      kind: fc
        .option(fc.constantFrom<FaultKind>("throws", "nonsense", "lost"), { freq: 2 })
        .map((kind) => kind ?? undefined),
    }),
  ],
  [
    1,
    fc.record({
      does: fc.constant("set clock" as const),
      byMs: fc.constantFrom(-3_600_000, 3_600_000, -86_400_000),
    }),
  ],
);

/** With moments in which functions of the platform throw, answer nonsense, or do nothing. */
export const happeningsWithFaults: fc.Arbitrary<Happening[]> = fc.array(
  choose<Happening>([3, happening], [1, fault]),
  { minLength: 5, maxLength: 60 },
);

export const happenings: fc.Arbitrary<Happening[]> = fc.array(happening, {
  minLength: 5,
  maxLength: 60,
});

/** Small rooms, so that they are often full. */
export const rooms = fc.record({
  maxQueueItems: fc.integer({ min: 1, max: 300 }),
  maxQueueBytes: fc.integer({ min: 2048, max: 60_000 }),
  maxSeries: fc.integer({ min: 1, max: 20 }),
  maxInFlight: fc.integer({ min: 1, max: 4 }),
  overflow: fc.constantFrom<NonNullable<Options["overflow"]>>("fold", "fold", "drop"),
});

export type Rooms = typeof rooms extends fc.Arbitrary<infer T> ? T : never;
