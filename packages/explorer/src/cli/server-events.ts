export interface ServerEvent {
  event: string;
  data: string;
}

/** Reads the explorer's server-sent events; comments (its signs of life) are skipped. */
export async function* readEvents(response: Response): AsyncGenerator<ServerEvent> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const blocks = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = readBlock(block);
      if (event.data !== "") yield event;
    }
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
