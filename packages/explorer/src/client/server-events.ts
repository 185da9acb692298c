import { withTimeLimit } from "../runtime/time-limit.js";

/** A server-sent event. */
export interface ServerEvent {
  /** Name of the event. */
  event: string;
  /** Id of the event, to read on after a break; empty when it has none. */
  id: string;
  /** Data of the event. */
  data: string;
}

/** The error of a stream without keepalive comments. */
export class SilentStreamError extends Error {
  override readonly name = "SilentStreamError";
}

/**
 * Yields the server-sent events of a response, without comments. Throws a `SilentStreamError` when there is neither an
 * event nor a comment for too long.
 * @param silenceMs - the longest time without either, in milliseconds
 */
export async function* readEvents(
  response: Response,
  silenceMs: number,
): AsyncGenerator<ServerEvent> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of readChunks(response, silenceMs)) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = readBlock(block);
      if (event.data !== "") yield event;
    }
  }
}

async function* readChunks({ body }: Response, silenceMs: number): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  const silent = (): Error => new SilentStreamError(`No data for ${silenceMs / 1000} s`);
  try {
    for (;;) {
      const { done, value } = await withTimeLimit(reader.read(), silenceMs, silent);
      if (done) return;
      yield value as Uint8Array;
    }
  } finally {
    // An open connection would keep the process alive.
    await reader.cancel().catch(() => {});
  }
}

function readBlock(block: string): ServerEvent {
  const lines = block.split("\n");
  const field = (name: string): string =>
    lines
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
      .join("\n");
  return { event: field("event"), id: field("id"), data: field("data") };
}
