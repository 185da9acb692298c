import { describe, expect, it } from "vitest";
import { readEvents } from "../../src/client/server-events.js";
import { httpPeer } from "../support/peers.js";

describe("the stream of an explorer", () => {
  const read = async (url: string, silenceMs: number): Promise<string[]> => {
    const seen: string[] = [];
    for await (const { data } of readEvents(await fetch(url), silenceMs)) seen.push(data);
    return seen;
  };

  it("times out without a keepalive comment", async () => {
    const url = await httpPeer((_, response) => void response.write(": connected\n\n"));
    await expect(read(url, 200)).rejects.toThrow("No data for 0.2 s");
  });

  it("is followed as long as there are keepalive comments", async () => {
    const url = await httpPeer((_, response) => {
      let signs = 0;
      const beat = setInterval(() => {
        if (++signs < 35) response.write(": alive\n\n");
        else response.end("event: item\ndata: last\n\n");
      }, 100);
      response.once("close", () => clearInterval(beat));
    });
    expect(await read(url, 3_000)).toEqual(["last"]);
  });
});
