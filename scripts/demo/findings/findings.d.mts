/** Seconds since the epoch. */
interface Window {
  since: number;
  until: number;
}

interface Span {
  spanId?: string;
  name?: string;
  op?: string;
  durationMs?: number;
}

interface Trace {
  durationMs: number;
  spans: readonly { span: Span }[];
}

interface Sample {
  traceId: string;
  spanId?: string;
  sdk?: string;
}

export interface Findings {
  metrics: readonly {
    name: string;
    before?: { sum: number; count?: number } | undefined;
    after?: { sum: number; count?: number } | undefined;
    /** How many metrics were sent, in both windows. */
    items?: number;
    trace?: Trace | undefined;
  }[];
  /** Billed bytes of the metric in reservoirs, and those that it would have had if each call were sent by itself. */
  bytes?: { billed: number; raw: number } | undefined;
  refused: readonly { name: string; dropped: number; changed: number }[];
  sample?: Sample | undefined;
  trace?: Trace | undefined;
  slowest?: Span | undefined;
  errors?: readonly { name: string }[];
  browserSample?: Sample | undefined;
  browserServerSpan?: Span | undefined;
}

export function investigate(where: {
  explorerUrl: string;
  shopUrl?: string;
  before: Window;
  after: Window;
}): Promise<Findings>;
