import { EXPLORER_HEADER } from "../options/defaults.js";
import { commandLine } from "../cli/command-line.js";
import { CliError, EXIT } from "../cli/exit-code.js";

/** Who is at an address: an explorer, something else, something that accepts and says nothing, or nobody. */
export type Peer = "explorer" | "other" | "silent" | "nobody";

/** How long an explorer may take to say that it is one: it does so at once, unless its machine is very busy. */
export const PROBE_LIMIT_MS = 10_000;

/** Asks an address for its welcome, and waits for no answer longer than the limit. */
export async function probe(base: string, stop?: AbortSignal): Promise<Peer> {
  try {
    const limit = AbortSignal.timeout(PROBE_LIMIT_MS);
    const signal = stop === undefined ? limit : AbortSignal.any([limit, stop]);
    const response = await fetch(new URL("/", base), { signal, redirect: "manual" });
    await response.body?.cancel();
    return response.headers.has(EXPLORER_HEADER) ? "explorer" : "other";
  } catch (error) {
    return isTimeout(error) ? "silent" : "nobody";
  }
}

export const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.name === "TimeoutError";

const SAYINGS: Readonly<Record<Exclude<Peer, "explorer">, (url: string) => string>> = {
  nobody: (url) => `No explorer answers at ${url}`,
  silent: (url) => `No answer from ${url} within ${PROBE_LIMIT_MS / 1000} s`,
  other: (url) => `What answers at ${url} is no Spanmeter explorer`,
};

/** Why an address cannot be asked; `more` is what else was tried. */
export const unreachable = (peer: Exclude<Peer, "explorer">, url: string, more = ""): CliError =>
  new CliError(
    EXIT.unreachable,
    `${SAYINGS[peer](url)}${more}. Start one with: ${commandLine()} explorer`,
  );
