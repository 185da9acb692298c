import { withTimeLimit } from "../runtime/time-limit.js";

export interface ServerEvent {
  event: string;
  data: string;
}

/** A stream that should have given a sign of life has not. */
export class SilentStreamError extends Error {
  override readonly name = "SilentStreamError";
}

/**
 * Reads the explorer's server-sent events; comments (its signs of life) are skipped.
 * Throws a `SilentStreamError` when not even a comment has come for `silenceMs`.
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
  const silent = (): Error => new SilentStreamError(`Nothing for ${silenceMs / 1000} s`);
  try {
    for (;;) {
      const { done, value } = await withTimeLimit(reader.read(), silenceMs, silent);
      if (done) return;
      yield value as Uint8Array;
    }
  } finally {
    // Without it the connection would keep the process alive.
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
  return { event: field("event"), data: field("data") };
}
