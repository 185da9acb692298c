import type { TransportResponse } from "../contract/transport.js";
import type { World } from "../engine/engine.js";

interface Failure {
  readonly message?: string;
  readonly code?: unknown;
  readonly cause?: Failure;
}

/** What to do about a refusal, where that is a matter of the set-up. */
const FIXES: { readonly [status: number]: string } = {
  400: "Something between this process and Sentry changed the request, or it is no Sentry server.",
  401: "Check the DSN: the key of its project may be disabled.",
  403: "Check the DSN: its key must belong to its project and be enabled.",
  404: "Check the host and the project of the DSN, or the tunnel.",
  405: "Check the tunnel: it must accept POST requests.",
};

// All of these stand behind `__DEV__`.

/** Tells a developer that a server refuses what is sent: where, why, and what to do about it. */
export function explainAnswer(
  world: World,
  { statusCode = 200, headers }: TransportResponse,
): void {
  if (statusCode < 400 || statusCode === 429) return;
  const reason = headers?.["x-sentry-error"];
  world.warn(
    `refused ${statusCode}`,
    [
      `Metrics were refused: ${destinationOf(world)} answered ${statusCode}`,
      reason && ` (${reason.slice(0, 200)})`,
      ". ",
      FIXES[statusCode] ?? "",
    ]
      .filter(Boolean)
      .join("")
      .trim(),
  );
}

/** Tells a developer, with `debug`, why a client records nothing. */
export function explainIdle(world: World): void {
  const { debug, enableMetrics, dsn } = world.settings;
  if (!debug) return;
  if (!enableMetrics)
    world.warn("idle", 'Nothing is recorded: "enableMetrics" is false. Take the option out.');
  else if (!dsn)
    world.warn(
      "idle",
      dsn === ""
        ? 'Nothing is sent: "dsn" is empty.'
        : "Nothing is sent: there is no DSN. Pass it to init({ dsn }), set SENTRY_DSN in node, or initialise a Sentry SDK: the first 100 calls wait for that.",
    );
}

/** Tells a developer why a send failed, where that is a matter of the set-up. */
export function explainFailure(world: World, error: unknown): void {
  if (!isNetwork(error))
    world.warn("send", `Metrics could not be sent to ${destinationOf(world)}: ${describe(error)}`);
}

/** The URL that metrics are sent to, without the key. */
function destinationOf({ settings }: World): string {
  const { dsn, tunnel, spotlight } = settings;
  if (tunnel) return tunnel;
  if (dsn) return dsn.trim().replace(/\/\/[^/]*@(.*?)(\d+)\/?$/, "//$1api/$2/envelope/");
  return typeof spotlight === "string" ? spotlight : "the transport";
}

/** Tells a developer why nothing is sent any more. */
export function explainBlocked(world: World): void {
  world.warn(
    "blocked",
    "No server was ever reached: an ad blocker, a content security policy or the network blocks every " +
      "request. Metrics are dropped from here on. A `tunnel` through your own server gets past ad blockers.",
  );
}

/**
 * Node names what failed on the way with a code such as ECONNREFUSED. That is nobody's mistake in the
 * set-up, and a tool must not talk of it on the terminal of a user who is offline.
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
