import { createHttpRig, startIngest } from "@spanmeter/testing";
import { describeHttpTransport } from "@spanmeter/testing/suites/transport-contract";
import { describe, expect, test } from "vitest";
import type { TransportFactory } from "../../src/contract/transport.js";
import { fanOut } from "../../src/transport/fan-out.js";
import { fetchTransport, type Fetch } from "../../src/transport/fetch.js";
import { memoryTransport } from "../../src/transport/memory.js";
import { realExit } from "./real-exit.js";

const overFetch: TransportFactory = (options) =>
  fetchTransport({ ...options, fetch: fetch as Fetch, exit: realExit });

describeHttpTransport("fanOut", () => createHttpRig(fanOut([overFetch, memoryTransport()])));

describe("fanOut", () => {
  const envelope = [{}, [[{ type: "event" }, { message: "x" }]]] as never;
  const options = { url: "", recordDroppedEvent: () => {} };

  test("hands each envelope to every transport", async () => {
    const [a, b] = [memoryTransport(), memoryTransport()];
    await fanOut([a, b])(options).send(envelope);
    expect([a.envelopes.length, b.envelopes.length]).toEqual([1, 1]);
  });

  test("answers with what the first one answers", async () => {
    const server = await startIngest({ reply: { status: 503 }, rules: { foreign: true } });
    const transport = fanOut([overFetch, memoryTransport()])({ ...options, url: server.url });
    expect((await transport.send(envelope)).statusCode).toBe(503);
    await server.close();
  });

  test.each<[string, TransportFactory]>([
    [
      "rejects",
      () => ({ send: () => Promise.reject(new Error("no")), flush: () => Promise.resolve(true) }),
    ],
    [
      "throws",
      () => ({
        send: () => {
          throw new Error("no");
        },
        flush: () => Promise.resolve(true),
      }),
    ],
  ])("is not disturbed by a copy that %s", async (_what, broken) => {
    const first = memoryTransport();
    const response = await fanOut([first, broken])(options).send(envelope);
    expect(response).toEqual({ statusCode: 200 });
  });

  test("tells losses of the first transport only", () => {
    const told: string[] = [];
    const losing: TransportFactory = ({ recordDroppedEvent }) => ({
      send: () => {
        recordDroppedEvent("queue_overflow", "trace_metric");
        return Promise.resolve({});
      },
      flush: () => Promise.resolve(true),
    });
    const both = fanOut([losing, losing])({
      ...options,
      recordDroppedEvent: (reason) => void told.push(reason),
    });
    void both.send(envelope);
    expect(told).toEqual(["queue_overflow"]);
  });

  test("is flushed when all are", async () => {
    const busy: TransportFactory = () => ({
      send: () => Promise.resolve({}),
      flush: () => Promise.resolve(false),
    });
    expect(await fanOut([memoryTransport(), memoryTransport()])(options).flush(1)).toBe(true);
    expect(await fanOut([memoryTransport(), busy])(options).flush(1)).toBe(false);
  });
});
