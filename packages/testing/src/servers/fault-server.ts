import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { FAULTS, type Fault } from "./faults.js";
import { answer, isAccepted } from "./ingest-reply.js";
import { readRequest } from "./ingest-request.js";
import { answerRaw } from "./raw-reply.js";
import type { EnvelopeRules } from "../readers/envelope-rules.js";
import { readTotals, type Arrival } from "./arrival.js";

/** Options of {@link startFaultServer}. */
export interface FaultServerOptions {
  /**
   * A factor for the times of faults. 1 suits clients that wait 10 s.
   * @default 1
   */
  readonly scale?: number;
  /**
   * Serves HTTPS with this key and certificate (PEM).
   * @default undefined
   */
  readonly tls?: { readonly key: string; readonly cert: string };
  /**
   * The rules that envelopes must follow.
   * @default {}
   */
  readonly rules?: EnvelopeRules;
}

/** An HTTP server that switches between named faults and records every envelope. */
export interface FaultServer {
  readonly dsn: string;
  /** Every envelope that was read completely, in order of arrival. */
  readonly arrivals: readonly Arrival[];
  /** The rules that envelopes broke so far. */
  readonly violations: readonly string[];
  /** Switches to a fault of {@link FAULTS}. Throws for an unknown name. */
  become(name: string): Promise<void>;
  /** Closes all connections, stops listening, and listens again on the same port. */
  restart(): Promise<void>;
  /** Closes all connections and stops listening. Call it when no client waits for an answer. */
  close(): Promise<void>;
}

/** Bound now, because a trial replaces `Date.now`. */
const { now } = Date;

/** Starts a {@link FaultServer} on loopback, without a fault. */
export async function startFaultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const { scale = 1, tls, rules = {} } = options;
  const arrivals: Arrival[] = [];
  const violations: string[] = [];
  const sockets = new Map<Socket, Arrival | undefined>();
  const undos = new Set<() => void>();
  let fault: Fault = {};

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const current = fault;
    if (current.at === "unread") return void message.socket.resetAndDestroy();
    const request = await readRequest(message, rules);
    if (!request || request.method !== "POST") return;
    if (request.violation) violations.push(request.violation);
    const reply = { ...current.reply, delay: (current.reply?.delay ?? 0) * scale };
    const counted = !request.violation && (current.counts ?? (!current.raw && isAccepted(reply)));
    // The client may time out while a delayed answer is in flight.
    const isLate = !current.isAnswered && (current.counts === true || reply.delay > 0);
    // The end of an earlier answer, or a restart while the body was being decoded, leaves no way to answer.
    const ambiguous = counted && (isLate || !message.socket.writable);
    const arrival: Arrival = { ...readTotals(request), at: now(), counted, ambiguous };
    arrivals.push(arrival);
    sockets.set(message.socket, arrival);
    response.once("close", () => {
      if (counted && !current.isAnswered && !response.writableFinished) arrival.ambiguous = true;
    });
    const drip = (current.drip ?? 0) * scale;
    if (current.at === "restart") {
      fault = {};
      return void inTurn(restart);
    }
    undos.add(
      current.raw
        ? answerRaw(message.socket, current.raw, { drip, ending: current.ending })
        : answer(response, reply),
    );
  };
  const listener = (message: IncomingMessage, response: ServerResponse): void =>
    void handle(message, response);
  const server = tls ? createHttps(tls, listener) : createHttp(listener);
  server.on("connection", (socket: Socket) => {
    sockets.set(socket, undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  /** An answer that was just written may not reach the client when its connection is closed. */
  const markLastAmbiguous = (): void => {
    for (const last of sockets.values()) if (last?.counted) last.ambiguous = true;
  };
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    for (const undo of undos) undo();
    undos.clear();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  const restart = async (): Promise<void> => {
    markLastAmbiguous();
    await stop();
    if (fault.at !== "down") await listen(port);
  };
  /** Stopping and listening are asynchronous and must run one after the other. */
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (step: () => Promise<void>): Promise<void> => (turn = turn.then(step));
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    dsn: `${tls ? "https" : "http"}://public@127.0.0.1:${port}/1`,
    arrivals,
    violations,
    async become(name) {
      const chosen = FAULTS[name];
      if (!chosen) throw new Error(`There is no fault "${name}".`);
      fault = chosen;
      await inTurn(async () => {
        if (chosen.at === "down") {
          markLastAmbiguous();
          await stop();
        } else if (!server.listening) await listen(port);
      });
    },
    restart: () => inTurn(restart),
    close: () => inTurn(stop),
  };
}
