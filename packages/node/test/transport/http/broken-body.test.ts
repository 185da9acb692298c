import type { Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createClient } from "../../../src/index.js";
import { fetchTransport } from "../../../src/transport/http/fetch-transport.js";
import { httpTransport } from "../../../src/transport/http/http-transport.js";
import { metricEnvelope, transportOptions } from "../../support/envelope.js";
import { rawServer } from "../../support/raw-server.js";

const head = (...headers: string[]): string => ["HTTP/1.1 200 OK", ...headers, "", ""].join("\r\n");

/** How the server goes on after a complete status line. */
const BODIES: Readonly<Record<string, (socket: Socket) => void>> = {
  "shorter than announced": (socket) => void socket.end(`${head("content-length: 900")}{}`),
  "longer than announced": (socket) => void socket.end(`${head("content-length: 1")}{}{}`),
  "a chunk without a length": (socket) =>
    void socket.end(`${head("transfer-encoding: chunked")}zz\r\n{}\r\n0\r\n\r\n`),
  "chunks without an end": (socket) =>
    void socket.end(`${head("transfer-encoding: chunked")}2\r\n{}\r\n`),
  "no gzip though announced": (socket) =>
    void socket.end(`${head("content-encoding: gzip", "content-length: 2")}{}`),
  "half of a gzip": (socket) =>
    void socket.end(
      Buffer.concat([
        Buffer.from(head("content-encoding: gzip", "content-length: 10")),
        Buffer.from("1f8b0800000000000003", "hex"),
      ]),
    ),
  "a reset after the head": (socket) =>
    void socket.write(head("content-length: 900"), () =>
      setImmediate(() => socket.resetAndDestroy()),
    ),
  "a body that never ends": (socket) => void socket.write(`${head("content-length: 900")}{`),
};

describe.each([
  ["httpTransport", httpTransport],
  ["fetchTransport", fetchTransport],
])("%s", (_, transport) => {
  test.each(Object.keys(BODIES))(
    "counts metrics as delivered once when the answer is 200 and %s",
    async (body) => {
      const server = await rawServer(BODIES[body]!);
      const client = createClient({ dsn: server.dsn, transport, shutdown: { spool: false } });
      onTestFinished(() => void client.close(0));
      client.metrics.count("a");
      expect(await client.flush(5000)).toBe(true);
      expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
      expect(server.requests()).toBe(1);
    },
  );

  test("reads a rate limit from a response whose body breaks off", async () => {
    const limits = "60:trace_metric:key";
    const answer = [
      "HTTP/1.1 429 Too Many",
      `x-sentry-rate-limits: ${limits}`,
      "content-length: 9",
    ];
    const server = await rawServer((socket) => socket.end(`${answer.join("\r\n")}\r\n\r\n{`));
    const sent = transport(transportOptions(server.url)).send(metricEnvelope());
    expect(await sent).toMatchObject({
      statusCode: 429,
      headers: { "x-sentry-rate-limits": limits },
    });
  });

  test("frees the connection of a body that never ends", async () => {
    const server = await rawServer(BODIES["a body that never ends"]!);
    await transport(transportOptions(server.url)).send(metricEnvelope());
    await expect(server.connectionClosed).resolves.toBeUndefined();
  });
});

test("an answer that only upgrades the protocol rejects the send", async () => {
  const upgrade = "HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";
  const server = await rawServer((socket) => socket.write(upgrade));
  const sent = httpTransport(transportOptions(server.url)).send(metricEnvelope());
  await expect(sent).rejects.toThrow("closed without an answer");
});
