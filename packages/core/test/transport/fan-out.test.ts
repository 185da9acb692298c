import { createHttpRig, startIngest } from "@spanmeter/testing";
import { describeHttpTransport } from "@spanmeter/testing/suites/transport-contract";
import { describe, expect, test } from "vitest";
import type { TransportFactory } from "../../src/contract/transport.js";
import { fanOut } from "../../src/transport/fan-out.js";
import { fetchTransport, type Fetch } from "../../src/transport/fetch.js";
import { memoryTransport } from "../../src/transport/memory.js";
import { setUp } from "../set-up.js";
import { realRuntime } from "./real-runtime.js";

const overFetch: TransportFactory = (options) =>
  fetchTransport({ ...options, fetch: fetch as Fetch, runtime: realRuntime });

describeHttpTransport("fanOut", () => createHttpRig(fanOut([overFetch, memoryTransport()])));

describe("fanOut", () => {
  const envelope = [{}, [[{ type: "event" }, { message: "x" }]]] as never;
  const options = { url: "", recordDroppedEvent: () => {} };

  test("sends each envelope through every transport", async () => {
    const [a, b] = [memoryTransport(), memoryTransport()];
    await fanOut([a, b])(options).send(envelope);
    expect([a.envelopes.length, b.envelopes.length]).toEqual([1, 1]);
  });

  test("returns the answer of the first transport", async () => {
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
  ])("returns the first answer when another transport %s", async (_label, broken) => {
    const first = memoryTransport();
    const response = await fanOut([first, broken])(options).send(envelope);
    expect(response).toEqual({ statusCode: 200 });
  });

  test("reports losses of the first transport only", () => {
    const reasons: string[] = [];
    const losing: TransportFactory = ({ recordDroppedEvent }) => ({
      send: () => {
        recordDroppedEvent("queue_overflow", "trace_metric");
        return Promise.resolve({});
      },
      flush: () => Promise.resolve(true),
    });
    const both = fanOut([losing, losing])({
      ...options,
      recordDroppedEvent: (reason) => void reasons.push(reason),
    });
    void both.send(envelope);
    expect(reasons).toEqual(["queue_overflow"]);
  });

  test("flushes to true when all transports do", async () => {
    const busy: TransportFactory = () => ({
      send: () => Promise.resolve({}),
      flush: () => Promise.resolve(false),
    });
    expect(await fanOut([memoryTransport(), memoryTransport()])(options).flush(1)).toBe(true);
    expect(await fanOut([memoryTransport(), busy])(options).flush(1)).toBe(false);
  });
});

test("a copy that never answers has a bounded number of envelopes in flight", async () => {
  let inFlight = 0;
  const hanging: TransportFactory = () => ({
    send: () => {
      inFlight++;
      return new Promise(() => {});
    },
    flush: async () => true,
  });
  const inner = setUp();
  const { client, advanceInterval } = setUp({
    transport: fanOut([inner.platform.transport, hanging]),
  });
  for (let i = 0; i < 200; i++) {
    client.metrics.count("a");
    await advanceInterval();
  }
  expect(inner.transport.metrics).toHaveLength(200);
  expect(inFlight).toBe(30);
});
