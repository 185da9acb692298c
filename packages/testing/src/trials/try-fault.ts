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

/** The result of {@link tryFault}, measured before the client closes. */
export interface Trial {
  readonly fault: string;
  readonly recorded: number;
  /** Metrics that the server counted. */
  readonly received: number;
  readonly lost: number;
  readonly pending: number;
  /** Metrics received after that: sent while the client closed, or by the next process. */
  readonly inherited: number;
  /** Metrics counted by the server and also reported as lost or sent again. */
  readonly surplus: number;
  /** The reasons of the reported losses. */
  readonly reasons: readonly DropReason[];
  /** The number of lost metrics in client reports. */
  readonly reported: number;
  /** Sentences about totals that do not add up, before or after the client closed; empty if they do. */
  readonly broken: readonly string[];
}

/** Options of {@link tryFault}. */
export interface TrialOptions {
  /**
   * Serves HTTPS with this key and certificate.
   * @default undefined
   */
  readonly tls?: FaultServerOptions["tls"];
  /**
   * The duration of the fault, in milliseconds, unless a flush succeeds earlier.
   * @default 1500
   */
  readonly faultMs?: number;
  /**
   * The timeout of the flush after the fault, in milliseconds.
   * @default 20000
   */
  readonly patienceMs?: number;
}

const NAMES = ["orders", "payments", "visits"];
/** Shortens a client's 10 s to 5 s. */
const SCALE = 0.5;

/** Only slow servers need a short timeout; with it, a busy machine would look like a slow server. */
const sendTimeoutOf = ({ disturbance, drip = 0, reply }: Fault): number =>
  !disturbance && (drip > 0 || reply?.delay || reply?.fault === "hang") ? 10_000 * SCALE : 10_000;

/** Whether the server reads requests during a fault. */
const readsRequests = ({ at, badCertificate }: Fault): boolean =>
  at !== "down" && at !== "unread" && !badCertificate;

/** Records during a fault, ends the fault, records again, adds up the totals and closes the client. */
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
  let undoDisturbance = disturbance?.when === "first" ? disturbance.apply() : undefined;
  record(100);
  const flushed = client.flush(faultMs);
  if (readsRequests(FAULTS[fault] ?? {})) await until(() => server.arrivals.length > 0);
  if (!undoDisturbance) undoDisturbance = disturbance?.apply();
  await flushed;
  if (!badCertificate) await server.become("none");
  record(10);
  await client.flush(badCertificate ? 1500 : patienceMs);
  undoDisturbance?.();
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
  // The next process trusts the bad certificate.
  await runNextProcess(create, { ...options, transportOptions: { caCerts: tls?.cert } }, folder);
  const inherited = sum(accounted.accounts(server).received) - trial.received;
  folder.remove();
  await server.close();
  return { ...trial, inherited, broken: [...before, ...broken(), ...server.violations] };
}

/** The losses in client reports that the server counted, whether or not the client knows. */
const reportedTo = ({ arrivals }: FaultServer): number =>
  arrivals.reduce((total, { counted, reported }) => total + (counted ? reported : 0), 0);
