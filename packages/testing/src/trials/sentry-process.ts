import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readToEnd, type ProcessEnd } from "../readers/read-to-end.js";

/** The sender of `Sentry.metrics`: Sentry alone, the integration, or the wrapped transport. */
export const SENTRY_MODES = ["plain", "integration", "transport"] as const;
/** One of {@link SENTRY_MODES}. */
export type SentryMode = (typeof SENTRY_MODES)[number];

/** The version of Sentry in a trial, and what is behind its metrics. */
export interface SentrySetup {
  /** The major version of `@sentry/node`. */
  readonly major: number;
  readonly mode: SentryMode;
}

/** A running script of a trial. */
export interface SentryProcess {
  readonly end: Promise<ProcessEnd>;
  /** Resolves with the next message of the script, or with `undefined` if the script ended first. */
  message(): Promise<unknown>;
  send(message: string): void;
}

/** Starts a script with this state folder. */
export function startSentryProcess(
  script: string,
  args: readonly string[],
  home: string,
): SentryProcess {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env["PATH"] ?? "", NODE_ENV: "production", XDG_STATE_HOME: home },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    timeout: 200_000,
    killSignal: "SIGKILL",
  });
  const end = readToEnd(child);
  return {
    end,
    message: () => Promise.race([messageOf(child), end.then(() => undefined)]),
    send: (message) => void (child.connected && child.send(message, () => {})),
  };
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, "message")) as [unknown];
  return message;
}
