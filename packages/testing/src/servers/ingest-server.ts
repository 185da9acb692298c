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

/** A fixed answer, or one by request; `undefined` means the usual answer. */
export type Replies = Reply | ((request: IngestRequest) => Reply | undefined);

export interface IngestOptions {
  /** How to answer. Default: 200, or 400 with the reason when a rule is broken. */
  readonly reply?: Replies;
  /** What envelopes are held to. */
  readonly rules?: EnvelopeRules;
  /** Serve HTTPS with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A real HTTP server on loopback that reads envelopes as Sentry does and answers as told. */
export interface IngestServer {
  readonly url: string;
  readonly port: number;
  readonly dsn: string;
  /** Every POST, in order of arrival. */
  readonly requests: readonly IngestRequest[];
  /** Every CORS preflight. */
  readonly preflights: readonly IngestRequest[];
  /** Metrics of the requests that were answered with 2xx: what Sentry would have. */
  readonly metrics: readonly ReadMetric[];
  /** How many connections were opened. */
  readonly connections: number;
  /** Changes how requests are answered from now on. */
  reply(replies: Replies): void;
  /** Answers the next requests with these, one each, before the usual answer. */
  replyNext(...replies: readonly Reply[]): void;
  /** Resolves once the condition holds; checked at each request. Rejects at the timeout (60 s). */
  waitFor(condition: (server: IngestServer) => boolean, timeoutMs?: number): Promise<void>;
  /** Throws when any request broke a rule. */
  assertClean(): void;
  /** Breaks what is open and stops listening. */
  close(): Promise<void>;
}

export async function startIngest(options: IngestOptions = {}): Promise<IngestServer> {
  const requests: IngestRequest[] = [];
  const preflights: IngestRequest[] = [];
  const metrics: ReadMetric[] = [];
  const next: Reply[] = [];
  const undo = new Set<() => void>();
  const observer = createObserver();
  let replies = options.reply;
  let connections = 0;

  const take = (request: IngestRequest, response: ServerResponse): void => {
    const told = next.shift() ?? (typeof replies === "function" ? replies(request) : replies);
    const reply = told ?? usualReply(request);
    requests.push(request);
    if (isAccepted(reply)) metrics.push(...request.metrics);
    undo.add(answer(response, reply));
  };
  const server = createServer(options.tls, async (message, response) => {
    const request = await readRequest(message, options.rules ?? {});
    if (!request) return;
    if (request.method === "OPTIONS") {
      preflights.push(request);
      answerPreflight(response);
    } else take(request, response);
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
      for (const giveUp of undo) giveUp();
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

const usualReply = ({ violation }: IngestRequest): Reply =>
  violation ? { status: 400, body: JSON.stringify({ detail: violation }) } : {};

const violations = ({ requests }: IngestServer): string[] =>
  requests.flatMap(({ path, violation }) => (violation ? [`${path}: ${violation}`] : []));

function describe(server: IngestServer): string {
  const names = [...new Set(server.metrics.map(({ name }) => name))].slice(0, 20);
  const arrived = `${server.requests.length} requests and ${server.metrics.length} metrics`;
  return [`received ${arrived}: ${names.join(", ")}`, ...violations(server)].join("; ");
}
