import { describe, expect, it } from "vitest";
import { fetchFrom } from "../../src/client/fetch-path.js";
import { httpPeer } from "../support/peers.js";

describe("a request to an explorer", () => {
  it("times out when its answer begins and does not end", async () => {
    const url = await httpPeer((_, response) => void response.writeHead(200).write("{"));
    await expect(fetchFrom(url, "/api/metrics", { limitMs: 200 })).rejects.toThrow(
      `The explorer at ${url} did not answer within 0.2 s`,
    );
  });

  it("is an error when the explorer ends in the middle of its answer", async () => {
    const url = await httpPeer((_, response) => {
      response.writeHead(200, { "content-length": "10" }).write("{");
      response.destroy();
    });
    await expect(fetchFrom(url, "/api/metrics")).rejects.toThrow(
      `The explorer at ${url} has ended`,
    );
  });
});
