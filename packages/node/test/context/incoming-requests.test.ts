import { channel } from "node:diagnostics_channel";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Trace } from "../../src/index.js";
import { expect, onTestFinished, test } from "vitest";
import { asyncTrace } from "../../src/context/async-trace.js";
import { watchIncomingRequests } from "../../src/context/incoming-requests.js";

const start = channel("http.server.request.start");

interface Server {
  readonly port: number;
  /** The traces during the last events of each response, by the path of its request. */
  readonly late: Map<string, unknown[]>;
}

/** Responds with its traces: in the handler, after an await, in a timer, and in the events of the body. */
async function startServer(): Promise<Server> {
  const late = new Map<string, unknown[]>();
  const server = createServer((incoming, response) => {
    const seen: ReturnType<typeof asyncTrace>[] = [asyncTrace()];
    const last: unknown[] = [];
    late.set(incoming.url ?? "", last);
    response.on("finish", () => last.push(asyncTrace()));
    response.on("close", () => last.push(asyncTrace()));
    incoming.on("data", () => seen.push(asyncTrace()));
    incoming.on("end", () => {
      seen.push(asyncTrace());
      void sleep(Number(incoming.headers["x-wait"] ?? 0)).then(() => {
        seen.push(asyncTrace());
        setTimeout(() => response.end(JSON.stringify([...seen, asyncTrace()])), 1);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, late };
}

function sendRequest(
  port: number,
  headers: Record<string, string>,
  agent: Agent,
  path = "/",
): Promise<Trace[]> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: "127.0.0.1", method: "POST", path, headers, agent },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve(JSON.parse(text) as Trace[]));
      },
    );
    sent.on("error", reject);
    // In two pieces, so that the second arrives after the handler has run.
    sent.write("bo");
    setTimeout(() => sent.end("dy"), 2);
  });
}

const idOf = (i: number): Trace => ({
  traceId: i.toString(16).padStart(32, "a"),
  spanId: i.toString(16).padStart(16, "b"),
});

test("200 concurrent requests over 3 keep-alive connections each have the trace of their headers", async () => {
  onTestFinished(watchIncomingRequests());
  const { port, late } = await startServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 3 });
  onTestFinished(() => agent.destroy());
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => {
      const { traceId, spanId } = idOf(i);
      const trace: Record<string, string> =
        i % 2
          ? { traceparent: `00-${traceId}-${spanId}-01` }
          : { "sentry-trace": `${traceId}-${spanId}` };
      return sendRequest(port, { ...trace, "x-wait": String(i % 7) }, agent, `/${i}`);
    }),
  );
  const onlyOwn = Array.from({ length: 200 }, (_, i) => [JSON.stringify(idOf(i))]);
  const distinct = (seen: readonly unknown[]): string[] => [
    ...new Set(seen.map((trace) => JSON.stringify(trace))),
  ];
  expect(answers.map(distinct)).toEqual(onlyOwn);
  expect(onlyOwn.map((_, i) => distinct(late.get(`/${i}`) ?? []))).toEqual(onlyOwn);
});

test("each request without headers gets a new trace, also on one connection", async () => {
  onTestFinished(watchIncomingRequests());
  const { port } = await startServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const known = idOf(1);
  const first = await sendRequest(
    port,
    { "sentry-trace": `${known.traceId}-${known.spanId}` },
    agent,
  );
  const second = await sendRequest(port, {}, agent);
  const third = await sendRequest(port, {}, agent);
  expect(first[0]).toEqual(known);
  const ids = [first, second, third].map((seen) => seen[0]?.traceId);
  expect(new Set(ids).size).toBe(3);
  expect(new Set(second.map((trace) => trace.traceId)).size).toBe(1);
});

test.each([undefined, null, 5, {}, { request: null, response: {} }])(
  "a message of %j from other code on the channel is ignored",
  (message) => {
    onTestFinished(watchIncomingRequests());
    start.publish(message);
    expect(asyncTrace()).toBeUndefined();
  },
);

test("all watchers share one subscription, which ends with the last of them", () => {
  expect(start.hasSubscribers).toBe(false);
  const undos = [watchIncomingRequests(), watchIncomingRequests()];
  expect(start.hasSubscribers).toBe(true);
  undos[0]?.();
  undos[0]?.();
  expect(start.hasSubscribers).toBe(true);
  undos[1]?.();
  expect(start.hasSubscribers).toBe(false);
});
