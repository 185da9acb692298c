import type { Part } from "../contract/part.js";
import type { TransportResponse } from "../contract/transport.js";
import type { Engine } from "../contract/engine.js";

interface Failure {
  readonly message?: string;
  readonly code?: unknown;
  readonly cause?: Failure;
}

/** How to fix a refusal that has its cause in the set-up. */
const FIXES: { readonly [status: number]: string } = {
  400: "Something between this process and Sentry changed the request, or it is no Sentry server.",
  401: "Check the DSN: the key of its project may be disabled.",
  403: "Check the DSN: its key must belong to its project and be enabled.",
  404: "Check the host and the project of the DSN, or the tunnel.",
  405: "Check the tunnel: it must accept POST requests.",
};

// All of these are called behind `__DEV__`.

/** Warns a developer that a server refuses envelopes: where, why, and how to fix it. */
export function explainAnswer(
  engine: Engine,
  { statusCode = 200, headers }: TransportResponse,
): void {
  if (statusCode < 400 || statusCode === 429) return;
  const reason = headers?.["x-sentry-error"];
  engine.warn(
    `refused ${statusCode}`,
    [
      `Metrics were refused: ${destinationOf(engine)} answered ${statusCode}`,
      reason && ` (${reason.slice(0, 200)})`,
      ". ",
      FIXES[statusCode] ?? "",
    ]
      .filter(Boolean)
      .join("")
      .trim(),
  );
}

/** Warns a developer, with `debug`, why a client records nothing. */
export function explainIdle(engine: Engine, parts: Part): void {
  const { debug, enableMetrics, dsn } = engine.settings;
  if (!debug) return;
  if (!enableMetrics)
    engine.warn("idle", 'Nothing is recorded: "enableMetrics" is false. Remove the option.');
  else if (!dsn)
    engine.warn(
      "idle",
      dsn === ""
        ? 'Nothing is sent: "dsn" is empty.'
        : `Nothing is sent: there is no DSN. Pass it to init({ dsn }), set SENTRY_DSN in node, or initialise a Sentry SDK${
            !parts.createSdkReader
              ? " (with the part sentry())"
              : parts.createEarlyRecorder
                ? ": the first 100 calls wait for that"
                : " before this client (or add the part waitForSentry())"
          }.`,
    );
}

/** Warns a developer why a send failed, where the cause is the set-up. */
export function explainFailure(engine: Engine, error: unknown): void {
  if (!isNetwork(error))
    engine.warn(
      "send",
      `Metrics could not be sent to ${destinationOf(engine)}: ${describe(error)}`,
    );
}

/** The URL that metrics are sent to, without the key. */
function destinationOf({ settings }: Engine): string {
  const { dsn, tunnel, spotlight } = settings;
  if (tunnel) return tunnel;
  if (dsn) return dsn.trim().replace(/\/\/[^/]*@(.*?)(\d+)\/?$/, "//$1api/$2/envelope/");
  return typeof spotlight === "string" ? spotlight : "the transport";
}

/** Warns a developer that nothing is sent any more, and why. */
export function explainBlocked(engine: Engine): void {
  engine.warn(
    "blocked",
    "No server was ever reached: an ad blocker, a content security policy or the network blocks every " +
      "request. Metrics are dropped from here on. A `tunnel` through your own server gets past ad blockers.",
  );
}

/**
 * Node names what failed on the way with a code such as ECONNREFUSED. That is no mistake in the
 * set-up, and a command line tool must not print it for a user who is offline.
 */
function isNetwork(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as Failure;
  return typeof (code ?? cause?.code) === "string";
}

/** `fetch` says little itself; the cause it names says what went wrong. */
function describe(error: unknown): string {
  const { message, cause } = (error ?? {}) as Failure;
  return [message, cause?.message].filter(Boolean).join(": ") || "the transport gave no reason";
}
