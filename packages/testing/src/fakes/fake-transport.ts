import { serializeEnvelope } from "@sentry/core";
import type { Transport, TransportFactory, TransportOptions } from "@spanmeter/core";
import type { EnvelopeRules } from "../readers/envelope-rules.js";
import type { ReadClientReport } from "../readers/read-client-report.js";
import { readEnvelope, type ReadEnvelope } from "../readers/read-envelope.js";
import type { ReadMetric } from "../readers/read-metrics.js";

type Response = Awaited<ReturnType<Transport["send"]>>;

/** One envelope that was sent. */
export interface FakeSend {
  readonly bytes: Uint8Array;
  /** Reads the bytes at access, so that a broken rule throws in the test, not in the client. */
  readonly envelope: ReadEnvelope;
  /** Answers the send, by default with a 200. */
  answer(response?: Response): void;
  /** Breaks the connection. */
  fail(error?: Error): void;
}

/** A transport that records envelopes and answers as a test says. */
export interface FakeTransport {
  readonly factory: TransportFactory;
  /** All envelopes sent, in order. */
  readonly sends: readonly FakeSend[];
  /** All metrics sent, in order. */
  readonly metrics: readonly ReadMetric[];
  /** All client reports sent, in order. */
  readonly reports: readonly ReadClientReport[];
  /** The number of sends without an answer. */
  readonly open: number;
  /** The options of each transport that the factory created. */
  readonly created: readonly TransportOptions[];
  /**
   * The result of each send: a response, an error, or `unanswered` until the test answers it.
   * @default { statusCode: 200 }
   */
  onSend: Response | Error | "unanswered";
}

/** Creates a transport that reads envelopes by these rules. */
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
