import { serializeEnvelope } from "@sentry/core";
import type { Transport, TransportFactory, TransportOptions } from "@spanmeter/core";
import type { EnvelopeRules } from "../readers/envelope-rules.js";
import type { ReadClientReport } from "../readers/read-client-report.js";
import { readEnvelope, type ReadEnvelope } from "../readers/read-envelope.js";
import type { ReadMetric } from "../readers/read-metrics.js";

type Response = Awaited<ReturnType<Transport["send"]>>;

/** One envelope that was handed over. */
export interface FakeSend {
  readonly bytes: Uint8Array;
  /** Read when it is asked for: throws in the test, not in the client, when a rule is broken. */
  readonly envelope: ReadEnvelope;
  /** Answers it, by default with 200. */
  answer(response?: Response): void;
  /** Breaks the connection. */
  fail(error?: Error): void;
}

/** A transport that keeps what it is given and answers as told. */
export interface FakeTransport {
  readonly factory: TransportFactory;
  /** Everything handed over, in order. */
  readonly sends: readonly FakeSend[];
  /** Every metric handed over, in order. */
  readonly metrics: readonly ReadMetric[];
  /** Every client report handed over, in order. */
  readonly reports: readonly ReadClientReport[];
  /** Envelopes without an answer yet. */
  readonly open: number;
  /** What each transport was created with. */
  readonly created: readonly TransportOptions[];
  /**
   * What happens to each envelope: a response at once, an error at once, or `hold`, which leaves it
   * to the test. Default: `{ statusCode: 200 }`.
   */
  onSend: Response | Error | "unanswered";
}

export function createFakeTransport(rules: EnvelopeRules = {}): FakeTransport {
  const sends: FakeSend[] = [];
  const created: TransportOptions[] = [];
  let open = 0;
  const send: Transport["send"] = (envelope) => {
    // Sentry's types of envelopes differ from ours in name only.
    const text = serializeEnvelope(envelope as never);
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    open += 1;
    const answered = new Promise<Response>((resolve, reject) => {
      sends.push({
        bytes,
        get envelope() {
          return readEnvelope(bytes, rules);
        },
        answer: (response = { statusCode: 200 }) => resolve(response),
        fail: (error = new Error("connection refused")) => reject(error),
      });
    }).finally(() => (open -= 1));
    if (fake.onSend instanceof Error) sends.at(-1)?.fail(fake.onSend);
    else if (fake.onSend !== "unanswered") sends.at(-1)?.answer(fake.onSend);
    return answered;
  };
  const fake: FakeTransport = {
    factory: (options) => {
      created.push(options);
      return { send, flush: () => Promise.resolve(open === 0) };
    },
    sends,
    created,
    get metrics() {
      return sends.flatMap(({ envelope }) => envelope.metrics);
    },
    get reports() {
      return sends.flatMap(({ envelope }) => envelope.clientReports);
    },
    get open() {
      return open;
    },
    onSend: { statusCode: 200 },
  };
  return fake;
}
