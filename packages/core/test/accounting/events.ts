import fc from "fast-check";
import {
  fold,
  raw,
  reservoir,
  sample,
  type MetricType,
  type Options,
  type TransportResponse,
  type VolumeRule,
} from "../../src/index.js";

/** How a send ends; `broken` is a connection that breaks without an answer. */
export type SendEnd = TransportResponse | "broken";

/** The functions of its platform that a client calls. */
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
/** `invalid` returns a value of the wrong type; `lost` is a timer that never fires or a missing answer. */
export type FaultKind = "throws" | "invalid" | "lost";

/** One event in the life of a client, caused by its application, its server or time. */
export type ClientEvent =
  | {
      readonly does: "record";
      readonly type: MetricType;
      readonly name: string;
      readonly series: number;
      readonly value: number;
      readonly times: number;
      /** `handle` adds through a bound handle, `timed` gives each call a time. */
      readonly style?: "call" | "handle" | "timed";
      /** The calls are spread over so many spans of two traces; without it, all have the same trace. */
      readonly spans?: number;
    }
  | { readonly does: "flush"; readonly timeoutMs: number | undefined }
  | { readonly does: "advance"; readonly ms: number }
  /** Ends one of the sends in flight. */
  | { readonly does: "end"; readonly index: number; readonly end: SendEnd }
  /** From now on, a function of the platform fails or works again. */
  | { readonly does: "fault"; readonly part: Part; readonly kind: FaultKind | undefined }
  /** Sets the wall clock. */
  | { readonly does: "set clock"; readonly byMs: number }
  /** From now on, the server ends every send like this, or does not answer. */
  | { readonly does: "server"; readonly end: SendEnd | "hang" };

const limited = (header: string, statusCode: number): SendEnd => ({
  statusCode,
  headers: { "x-sentry-rate-limits": header, "retry-after": null },
});

const choose = <T>(...parts: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<T>])[]) =>
  fc.oneof(...parts.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const end: fc.Arbitrary<SendEnd> = choose<SendEnd>(
  [6, fc.constant({ statusCode: 200 })],
  [3, fc.constant("broken")],
  [3, fc.constantFrom(408, 413, 502, 503, 504).map((statusCode) => ({ statusCode }))],
  [1, fc.constantFrom(400, 403, 404, 500).map((statusCode) => ({ statusCode }))],
  [
    2,
    fc.constantFrom<SendEnd>(
      { statusCode: 503, headers: { "retry-after": "7", "x-sentry-rate-limits": null } },
      { statusCode: 429 },
      limited("3:trace_metric:organization", 429),
      limited("20:trace_metric_byte:organization", 200),
      limited("5::organization", 429),
      limited("9:error:organization", 200),
    ),
  ],
);

const record = fc.record({
  does: fc.constant("record" as const),
  type: fc.constantFrom<MetricType>("counter", "gauge", "distribution"),
  name: fc.constantFrom("a", "b", "c"),
  series: fc.nat(9),
  value: fc.integer({ min: -1000, max: 1000 }),
  times: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 300 })),
});

const others: fc.Arbitrary<ClientEvent> = choose<ClientEvent>(
  [
    3,
    fc.record({
      does: fc.constant("advance" as const),
      ms: fc.oneof(fc.nat(1000), fc.nat(70_000)),
    }),
  ],
  [4, fc.record({ does: fc.constant("end" as const), index: fc.nat(5), end })],
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
      does: fc.constant("server" as const),
      end: fc.oneof(end, fc.constant("hang" as const)),
    }),
  ],
);

/** Events in which calls are recorded as `recording` says. */
const withRecording = (recording: fc.Arbitrary<ClientEvent>): fc.Arbitrary<ClientEvent> =>
  choose<ClientEvent>([6, recording], [9, others]);

const fault: fc.Arbitrary<ClientEvent> = choose<ClientEvent>(
  [
    4,
    fc.record({
      does: fc.constant("fault" as const),
      part: fc.constantFrom(...PARTS),
      kind: fc
        .option(fc.constantFrom<FaultKind>("throws", "invalid", "lost"), { freq: 2 })
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

const LENGTH = { minLength: 5, maxLength: 60 };

export const events: fc.Arbitrary<ClientEvent[]> = fc.array(withRecording(record), LENGTH);

/** Events among which functions of the platform throw, return invalid values, or do nothing. */
export const eventsWithFaults: fc.Arbitrary<ClientEvent[]> = fc.array(
  choose<ClientEvent>([3, withRecording(record)], [1, fault]),
  LENGTH,
);

/** Calls in spans, through handles and with times, which policies treat differently. */
const recordInSpans: fc.Arbitrary<ClientEvent> = fc
  .record({
    record,
    style: fc.constantFrom("call" as const, "handle" as const, "timed" as const),
    spans: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ record: given, style, spans }) => ({ ...given, style, spans }));

export const eventsInSpans: fc.Arbitrary<ClientEvent[]> = fc.array(
  withRecording(recordInSpans),
  LENGTH,
);

export const eventsInSpansWithFaults: fc.Arbitrary<ClientEvent[]> = fc.array(
  choose<ClientEvent>([3, withRecording(recordInSpans)], [1, fault]),
  LENGTH,
);

/** Small limits, so that the queue is often full. */
export const limits = fc.record({
  maxQueueItems: fc.integer({ min: 1, max: 300 }),
  maxQueueBytes: fc.integer({ min: 2048, max: 60_000 }),
  maxSeries: fc.integer({ min: 1, max: 20 }),
  maxInFlight: fc.integer({ min: 1, max: 4 }),
  overflow: fc.constantFrom<NonNullable<Options["overflow"]>>("fold", "fold", "drop"),
});

export type Limits = typeof limits extends fc.Arbitrary<infer T> ? T : never;

const by = fc.constantFrom("span" as const, "trace" as const, "series" as const);
const interval = fc.constantFrom(100, 5000, 30_000);

const policy = fc.oneof(
  fc.constant(raw()),
  fc.record({ by, interval }).map(fold),
  fc.record({ by, interval, size: fc.integer({ min: 3, max: 10 }) }).map(reservoir),
  fc.constantFrom(0.1, 0.5, 0.9).map(sample),
);

const rule = fc.record({
  policy,
  sampleRate: fc.constantFrom(1, 1, 0.5),
  maxSeries: fc.integer({ min: 1, max: 20 }),
});

/** A rule for each name that `events` record. */
export const volumes: fc.Arbitrary<VolumeRule[]> = fc
  .record({ a: rule, b: rule, c: rule })
  .map((rules) => Object.entries(rules).map(([name, each]) => ({ match: `*.${name}`, ...each })));
