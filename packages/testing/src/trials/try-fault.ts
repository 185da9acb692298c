import type { DropReason } from "@spanmeter/core";
import { accountClient, brokenBooks, type CreateClient } from "./account-client.js";
import {
  startFaultServer,
  type FaultServer,
  type FaultServerOptions,
} from "../servers/fault-server.js";
import { FAULTS, type Fault } from "../servers/faults.js";
import { runNextProcess, until } from "./next-process.js";
import { createSpoolFolder } from "./spool-folder.js";
import { brokenLaw, sum, surplusOf } from "./accounting.js";

/** What one fault did to metrics, measured before the client closed. */
export interface Trial {
  readonly fault: string;
  readonly recorded: number;
  /** What the server counted. */
  readonly received: number;
  readonly lost: number;
  readonly pending: number;
  /** What the client sent while it closed, or left to the next process, which sent it. */
  readonly inherited: number;
  /** Counted by the server and also announced as lost or sent again. */
  readonly surplus: number;
  /** Reasons of the announced losses. */
  readonly reasons: readonly DropReason[];
  /** Losses that client reports told the server, in metrics. */
  readonly reported: number;
  /** How the law was broken, before or after the client closed; empty when it held. */
  readonly broken: readonly string[];
}

export interface TrialOptions {
  readonly tls?: FaultServerOptions["tls"];
  /** How long the fault lasts, unless the client is done with it earlier. Default: 1.5 s. */
  readonly faultMs?: number;
  /** How long the client may try once the server is well. Default: 20 s. */
  readonly patienceMs?: number;
}

const NAMES = ["orders", "payments", "visits"];
/** A client's 10 s become 5 s. */
const SCALE = 0.5;

/** Only a server that keeps a client waiting needs a short wait: a busy machine must not look like one. */
const sendTimeoutOf = ({ disturbance, drip = 0, reply }: Fault): number =>
  !disturbance && (drip > 0 || reply?.delay || reply?.fault === "hang") ? 10_000 * SCALE : 10_000;

/** The server reads requests before it goes wrong. */
const readsRequests = ({ at, badCertificate }: Fault): boolean =>
  at !== "down" && at !== "unread" && !badCertificate;

/** Records through a fault, lets the server get well, records again, adds up, and closes. */
export async function tryFault(
  create: CreateClient,
  fault: string,
  { tls, faultMs = 1500, patienceMs = 20_000 }: TrialOptions = {},
): Promise<Trial> {
  const server = await startFaultServer({ scale: SCALE, ...(tls && { tls }) });
  const folder = createSpoolFolder();
  const { badCertificate, disturbance } = FAULTS[fault] ?? {};
  const sendTimeout = sendTimeoutOf(FAULTS[fault] ?? {});
  const options = { dsn: server.dsn, flushInterval: 10, sendTimeout };
  const accounted = accountClient(create, { ...options, shutdown: { spool: folder.path } });
  const { client } = accounted;
  const record = (times: number): void => {
    for (let i = 0; i < times; i++) for (const name of NAMES) accounted.count(name);
  };
  const broken = (): string[] => [
    ...brokenLaw(accounted.accounts(server)),
    ...brokenBooks(accounted),
  ];
  await server.become(fault);
  let calm = disturbance?.when === "first" ? disturbance.apply() : undefined;
  record(100);
  const flushed = client.flush(faultMs);
  if (readsRequests(FAULTS[fault] ?? {})) await until(() => server.arrivals.length > 0);
  if (!calm) calm = disturbance?.apply();
  await flushed;
  if (!badCertificate) await server.become("none");
  record(10);
  await client.flush(badCertificate ? 1500 : patienceMs);
  calm?.();
  const accounts = accounted.accounts(server);
  const trial = {
    fault,
    recorded: sum(accounts.recorded),
    received: sum(accounts.received),
    lost: sum(accounts.lost),
    pending: accounts.pending,
    surplus: surplusOf(accounts),
    reasons: [...accounted.reasons.keys()],
    reported: reportedTo(server),
  };
  const before = broken();
  await client.close(500);
  await until(() => client.stats().pending === 0);
  // The next process comes when a bad certificate is trusted.
  await runNextProcess(create, { ...options, transportOptions: { caCerts: tls?.cert } }, folder);
  const inherited = sum(accounted.accounts(server).received) - trial.received;
  folder.remove();
  await server.close();
  return { ...trial, inherited, broken: [...before, ...broken(), ...server.violations] };
}

/** Reports that arrived, whether or not the client learned of it. */
const reportedTo = ({ arrivals }: FaultServer): number =>
  arrivals.reduce((total, { counted, reported }) => total + (counted ? reported : 0), 0);
