import { EXPLORER_HEADER } from "../options/explorer-header.js";
import { ClientError } from "./client-error.js";

/** The kind of server at an address: an explorer, another server, a server that accepts connections and sends nothing, or none. */
export type Peer = "explorer" | "other" | "silent" | "none";

/** The longest wait for the first response of an explorer, in milliseconds. It answers immediately unless its machine is very busy. */
export const PROBE_LIMIT_MS = 10_000;

/** Finds out what is at an address, and waits for a response no longer than the limit. */
export async function probe(url: string, stop?: AbortSignal): Promise<Peer> {
  try {
    const limit = AbortSignal.timeout(PROBE_LIMIT_MS);
    const signal = stop === undefined ? limit : AbortSignal.any([limit, stop]);
    const response = await fetch(new URL("/", url), { signal, redirect: "manual" });
    await response.body?.cancel();
    return response.headers.has(EXPLORER_HEADER) ? "explorer" : "other";
  } catch (error) {
    return isTimeout(error) ? "silent" : "none";
  }
}

/** Returns whether an error comes from `AbortSignal.timeout`. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.name === "TimeoutError";

const MESSAGES: Readonly<Record<Exclude<Peer, "explorer">, (url: string) => string>> = {
  none: (url) => `No explorer answers at ${url}`,
  silent: (url) => `No answer from ${url} within ${PROBE_LIMIT_MS / 1000} s`,
  other: (url) => `The server at ${url} is not a Spanmeter explorer`,
};

/**
 * Creates the error for an address without an explorer.
 * @param more - further text for the message
 */
export const unreachable = (peer: Exclude<Peer, "explorer">, url: string, more = ""): ClientError =>
  new ClientError("unreachable", `${MESSAGES[peer](url)}${more}`);
