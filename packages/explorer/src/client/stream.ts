import { withTimeLimit } from "../runtime/time-limit.js";
import { ClientError } from "./client-error.js";
import { PROBE_LIMIT_MS, probe, unreachable } from "./probe.js";
import { readAnswer } from "./read-answer.js";
import { readEvents, SilentStreamError, type ServerEvent } from "./server-events.js";

/** Options of `followItems`. */
export interface FollowOptions {
  /** Address of the explorer. */
  url: string;
  /**
   * Only metrics with this name; `*` stands for any text.
   * @default every item
   */
  metric?: string | undefined;
  /**
   * Only items of these kinds.
   * @default every kind
   */
  kinds?: readonly string[] | undefined;
  /** Ends the stream. */
  signal: AbortSignal;
  /** Called when the explorer has accepted the request. */
  onConnected: () => void;
}

/** Three keepalive comments of the explorer. */
const SILENCE_MS = 45_000;

/** Yields the events of an explorer until the signal is aborted. Throws a `ClientError` when the explorer ends before that. */
export async function* followItems(options: FollowOptions): AsyncGenerator<ServerEvent> {
  const { url, signal, onConnected } = options;
  try {
    const response = await connect(options);
    onConnected();
    yield* readEvents(response, SILENCE_MS);
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof ClientError) throw error;
    const what = error instanceof SilentStreamError ? "no longer answers" : "has ended";
    throw new ClientError("failed", `The explorer at ${url} ${what}`, { cause: error });
  }
  throw new ClientError("failed", `The explorer at ${url} has ended`);
}

async function connect({ url, metric, kinds = [], signal }: FollowOptions): Promise<Response> {
  const peer = await probe(url, signal);
  if (peer !== "explorer") throw unreachable(peer, url);
  const address = new URL("/api/stream", url);
  if (metric !== undefined) address.searchParams.set("metric", metric);
  for (const kind of kinds) address.searchParams.append("kind", kind);
  const response = await withTimeLimit(fetch(address, { signal }), PROBE_LIMIT_MS, () =>
    unreachable("silent", url),
  ).catch((error: unknown) => {
    throw error instanceof ClientError ? error : unreachable("none", url);
  });
  return response.ok ? response : readAnswer(url, response);
}
