import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import type { EnvelopeRules } from "../readers/envelope-rules.js";
import { answer, answerPreflight, isAccepted, type Reply } from "./ingest-reply.js";
import { readRequest, type IngestRequest } from "./ingest-request.js";
import type { ReadMetric } from "../readers/read-metrics.js";
import { createObserver } from "./observer.js";

/** A fixed answer, or a function of the request; `undefined` means the default answer. */
export type Replies = Reply | ((request: IngestRequest) => Reply | undefined);

/** Options of {@link startIngest}. */
export interface IngestOptions {
  /**
   * The answers. By default a 200, or a 400 with the reason if a rule is broken.
   * @default undefined
   */
  readonly reply?: Replies;
  /**
   * The rules that envelopes must follow.
   * @default {}
   */
  readonly rules?: EnvelopeRules;
  /**
   * Serves HTTPS with this key and certificate (PEM).
   * @default undefined
   */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** An HTTP server on loopback that reads envelopes like Sentry and answers as a test says. */
export interface IngestServer {
  readonly url: string;
  readonly port: number;
  readonly dsn: string;
  /** Every POST, in order of arrival. */
  readonly requests: readonly IngestRequest[];
  /** Every CORS preflight. */
  readonly preflights: readonly IngestRequest[];
  /** The metrics of requests that were answered with 2xx. */
  readonly metrics: readonly ReadMetric[];
  /** The number of connections that were opened. */
  readonly connections: number;
  /** Sets the answers to further requests. */
  reply(replies: Replies): void;
  /** Answers the next requests with these replies, one each. */
  replyNext(...replies: readonly Reply[]): void;
  /** Resolves once the condition holds, checked at each request. Rejects at the timeout (60 s). */
  waitFor(condition: (server: IngestServer) => boolean, timeoutMs?: number): Promise<void>;
  /** Throws if any request broke a rule. */
  assertClean(): void;
  /** Closes all connections and stops listening. */
  close(): Promise<void>;
}

/** Starts an {@link IngestServer}. */
export async function startIngest(options: IngestOptions = {}): Promise<IngestServer> {
  const requests: IngestRequest[] = [];
  const preflights: IngestRequest[] = [];
  const metrics: ReadMetric[] = [];
  const next: Reply[] = [];
  const undos = new Set<() => void>();
  const observer = createObserver();
  let replies = options.reply;
  let connections = 0;

  const handle = (request: IngestRequest, response: ServerResponse): void => {
    const chosen = next.shift() ?? (typeof replies === "function" ? replies(request) : replies);
    const reply = chosen ?? defaultReply(request);
    requests.push(request);
    if (isAccepted(reply)) metrics.push(...request.metrics);
    undos.add(answer(response, reply));
  };
  const server = createServer(options.tls, async (message, response) => {
    const request = await readRequest(message, options.rules ?? {});
    if (!request) return;
    if (request.method === "OPTIONS") {
      preflights.push(request);
      answerPreflight(response);
    } else handle(request, response);
    observer.notify();
  });
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const scheme = options.tls ? "https" : "http";

  const ingest: IngestServer = {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    dsn: `${scheme}://public@127.0.0.1:${port}/1`,
    requests,
    preflights,
    metrics,
    get connections() {
      return connections;
    },
    reply: (chosen) => void (replies = chosen),
    replyNext: (...chosen) => void next.push(...chosen),
    waitFor: (condition, timeoutMs = 60_000) =>
      observer.until(
        () => condition(ingest),
        timeoutMs,
        () => describe(ingest),
      ),
    assertClean: () => {
      const broken = violations(ingest);
      if (broken.length > 0) throw new Error(`the server refused:\n${broken.join("\n")}`);
    },
    close: async () => {
      for (const cancel of undos) cancel();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return ingest;
}

type Listen = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

function createServer(tls: IngestOptions["tls"], listen: Listen): Server {
  const listener: RequestListener = (message, response) => void listen(message, response);
  return tls ? createHttps(tls, listener) : createHttp(listener);
}

const defaultReply = ({ violation }: IngestRequest): Reply =>
  violation ? { status: 400, body: JSON.stringify({ detail: violation }) } : {};

const violations = ({ requests }: IngestServer): string[] =>
  requests.flatMap(({ path, violation }) => (violation ? [`${path}: ${violation}`] : []));

function describe(server: IngestServer): string {
  const names = [...new Set(server.metrics.map(({ name }) => name))].slice(0, 20);
  const arrived = `${server.requests.length} requests and ${server.metrics.length} metrics`;
  return [`received ${arrived}: ${names.join(", ")}`, ...violations(server)].join("; ");
}
