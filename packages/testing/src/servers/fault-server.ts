import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { FAULTS, type Fault } from "./faults.js";
import { answer, isAccepted } from "./ingest-reply.js";
import { readRequest } from "./ingest-request.js";
import { answerRaw } from "./raw-reply.js";
import { readTotals, type Arrival } from "./arrival.js";

export interface FaultServerOptions {
  /** Times of faults are multiplied with it. Default: 1, for clients that wait 10 s. */
  readonly scale?: number;
  /** Serve HTTPS with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A real server that can be switched from one named fault to another, and keeps exact books. */
export interface FaultServer {
  readonly dsn: string;
  /** Every envelope that was read completely, in order of arrival. */
  readonly arrivals: readonly Arrival[];
  /** What went wrong so far in envelopes themselves: rules they broke. */
  readonly violations: readonly string[];
  /** From now on the server behaves like this fault of {@link FAULTS}. */
  become(name: string): Promise<void>;
  /** Breaks what is open, stops listening, and listens again on the same port. */
  restart(): Promise<void>;
  /** The same for good; meant for when no client waits any more. */
  close(): Promise<void>;
}

/** Taken before a trial puts something else in its place. */
const { now } = Date;

export async function startFaultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const { scale = 1, tls } = options;
  const arrivals: Arrival[] = [];
  const violations: string[] = [];
  const sockets = new Map<Socket, Arrival | undefined>();
  const giveUps = new Set<() => void>();
  let fault: Fault = {};

  const take = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const current = fault;
    if (current.at === "unread") return void message.socket.resetAndDestroy();
    const request = await readRequest(message, {});
    if (!request || request.method !== "POST") return;
    if (request.violation) violations.push(request.violation);
    const reply = { ...current.reply, delay: (current.reply?.delay ?? 0) * scale };
    const counted = !request.violation && (current.counts ?? (!current.raw && isAccepted(reply)));
    // A late answer and the client's patience may cross on the way.
    const ambiguous =
      counted && !current.isAnswered && (current.counts === true || reply.delay > 0);
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
    giveUps.add(
      current.raw
        ? answerRaw(message.socket, current.raw, { drip, ending: current.ending })
        : answer(response, reply),
    );
  };
  const listener = (message: IncomingMessage, response: ServerResponse): void =>
    void take(message, response);
  const server = tls ? createHttps(tls, listener) : createHttp(listener);
  server.on("connection", (socket: Socket) => {
    sockets.set(socket, undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  /** An answer just written may die with its connection. */
  const doubtLast = (): void => {
    for (const last of sockets.values()) if (last?.counted) last.ambiguous = true;
  };
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    for (const giveUp of giveUps) giveUp();
    giveUps.clear();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  const restart = async (): Promise<void> => {
    doubtLast();
    await stop();
    if (fault.at !== "down") await listen(port);
  };
  /** Stopping and listening take their time, and must not overtake each other. */
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
          doubtLast();
          await stop();
        } else if (!server.listening) await listen(port);
      });
    },
    restart: () => inTurn(restart),
    close: () => inTurn(stop),
  };
}
