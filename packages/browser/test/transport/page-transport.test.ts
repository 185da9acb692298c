import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import { spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const scripts = [await spanmeterScript()];
const CORS = "access-control-allow-origin: *\r\n";

/** Answers with a valid status line and a broken body. */
const answers: Record<string, string> = {
  "a body shorter than its length": `content-length: 100\r\n\r\n{"id"`,
  "a body that breaks off between chunks": 'transfer-encoding: chunked\r\n\r\n4\r\n{"id\r\n',
  "an invalid chunk": "transfer-encoding: chunked\r\n\r\nnonsense\r\n",
  "a body that is not gzip as its header says": `content-encoding: gzip\r\ncontent-length: 5\r\n\r\nplain`,
};

/** A server that writes these bytes for every POST and counts the requests. */
async function serve(answer: string, ends: boolean) {
  let posts = 0;
  const server = createServer((request) => {
    posts++;
    request.resume().on("end", () => {
      request.socket.write(`HTTP/1.1 200 OK\r\n${CORS}${answer}`);
      if (ends) request.socket.end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    dsn: `http://public@127.0.0.1:${(server.address() as AddressInfo).port}/1`,
    posts: () => posts,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test.for(Object.entries(answers))(
  "metrics answered with 200 and %s are delivered once",
  async ([, answer], { open }) => {
    const server = await serve(answer, true);
    const page = await open({ scripts });
    const stats = await page.evaluate(async (dsn) => {
      const client = Spanmeter.init({ dsn });
      client.metrics.count("checkout.started");
      return { isFlushed: await client.flush(5_000), ...client.stats() };
    }, server.dsn);
    expect(stats).toMatchObject({ isFlushed: true, delivered: 1, pending: 0, envelopes: 1 });
    expect(server.posts()).toBe(1);
    await server.close();
  },
);

test("the status counts although the body never ends", async ({ open }) => {
  const server = await serve("content-length: 100\r\n\r\n", false);
  const page = await open({ scripts });
  const stats = await page.evaluate(async (dsn) => {
    const client = Spanmeter.init({ dsn, sendTimeout: 60_000 });
    client.metrics.count("checkout.started");
    return { isFlushed: await client.flush(5_000), ...client.stats() };
  }, server.dsn);
  expect(stats).toMatchObject({ isFlushed: true, delivered: 1, envelopes: 1 });
  await server.close();
});

/** Results of a mocked `fetch` in the tests of an application. */
const mocks: Record<string, unknown> = {
  "only a status": { status: 200 },
  "a status and plain headers": { status: 200, headers: {} },
  "an opaque response": { status: 0, type: "opaque" },
};

test.for(Object.entries(mocks))(
  "metrics are delivered when a mocked fetch resolves to %s",
  async ([, response], { open }) => {
    const page = await open({ scripts });
    const stats = await page.evaluate(async (result) => {
      globalThis.fetch = async () => result as Response;
      const client = Spanmeter.init({ dsn: "http://public@127.0.0.1:9/1" });
      client.metrics.count("checkout.started");
      return { isFlushed: await client.flush(5_000), ...client.stats() };
    }, response);
    expect(stats).toMatchObject({ isFlushed: true, delivered: 1, pending: 0, envelopes: 1 });
  },
);

test("a page that is shown sends one request at a time, each within the keepalive budget", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts });
  const requests = await page.evaluate(async (dsn) => {
    const sent: { bytes: number; container: number; keepalive: unknown; others: number }[] = [];
    let inFlight = 0;
    const real = fetch;
    globalThis.fetch = async (input, init) => {
      const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
      const body = init?.body as string;
      sent.push({
        bytes: bytesOf(body),
        container: bytesOf(body.split("\n")[2] ?? ""),
        keepalive: init?.keepalive,
        others: inFlight++,
      });
      return real(input, init).finally(() => inFlight--);
    };
    Spanmeter.init({ dsn, release: "shop@1.4.0" });
    for (let i = 0; i < 900; i++)
      Spanmeter.metrics.distribution("cart.time", i, { attributes: { i, city: "Köln 👍" } });
    await Spanmeter.flush();
    return sent;
  }, ingest.dsn);
  expect(ingest.metrics).toHaveLength(900);
  expect(requests.length).toBeGreaterThan(5);
  for (const request of requests) expect(request).toMatchObject({ keepalive: true, others: 0 });
  expect(Math.max(...requests.map(({ container }) => container))).toBeLessThanOrEqual(57_000);
  // With the headers, and room for a client report.
  expect(Math.max(...requests.map(({ bytes }) => bytes))).toBeLessThan(58_000);
  // As few as fit.
  expect(requests[1]?.container).toBeGreaterThan(56_000);
});
