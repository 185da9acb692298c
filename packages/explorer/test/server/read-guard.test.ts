import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { refuseReader, type Reader } from "../../src/server/read-guard.js";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { testExplorer, type TestExplorer } from "../support/test-explorer.js";

const READING = [
  "/",
  "/stream",
  "/api/metrics",
  "/api/samples",
  "/api/stats",
  "/api/verdicts",
  "/api/cost",
  "/api/stream",
];

/** `fetch` cannot set the Host header; the http module can. */
function get(
  explorer: TestExplorer,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(explorer.url + path, { headers }, (response) => {
      if (response.headers["content-type"]?.includes("event-stream")) {
        response.destroy();
        return resolve({ status: response.statusCode ?? 0, body: "" });
      }
      let body = "";
      response.on("data", (chunk) => (body += String(chunk)));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asking.on("error", reject).end();
  });
}

describe("reading", () => {
  it.each(READING)(
    "%s is refused to a foreign Host, as DNS rebinding would send it",
    async (path) => {
      const explorer = await testExplorer();
      const answer = await get(explorer, path, { host: `evil.example:${explorer.port}` });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain("Host header must be");
    },
  );

  it.each(READING)("%s is refused to a page of another origin", async (path) => {
    const explorer = await testExplorer();
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `http://localhost:${explorer.port + 1}` },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ]) {
      expect((await get(explorer, path, headers as Record<string, string>)).status).toBe(403);
    }
  });

  it.each(READING)("%s is answered to programs and own pages", async (path) => {
    const explorer = await testExplorer();
    const own = `127.0.0.1:${explorer.port}`;
    for (const headers of [
      {},
      { host: `localhost:${explorer.port}` },
      { host: `[::1]:${explorer.port}` },
      { origin: `http://${own}`, "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
    ]) {
      expect((await get(explorer, path, headers as Record<string, string>)).status).toBe(200);
    }
  });

  it("is refused by name without the port", async () => {
    const explorer = await testExplorer();
    expect((await get(explorer, "/api/stats", { host: "127.0.0.1" })).status).toBe(403);
  });

  it("sends a refused reader none of the stored items", async () => {
    const explorer = await testExplorer();
    await explorer.post(metricEnvelope(metric({ name: "secret" })));
    const answer = await get(explorer, "/api/metrics", { origin: "https://evil.example" });
    expect(answer.body).not.toContain("secret");
  });
});

describe("the guard", () => {
  const own: Reader = {
    remoteAddress: "127.0.0.1",
    port: 8969,
    host: "localhost:8969",
    origin: undefined,
    fetchSite: undefined,
  };

  it.each(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])(
    "lets %s read",
    (remoteAddress) => {
      expect(refuseReader({ ...own, remoteAddress })).toBeUndefined();
    },
  );

  it.each(["192.168.1.5", "::ffff:10.0.0.1", "fe80::1", "1.127.0.0.1", undefined])(
    "does not let %s read, whatever its Host header claims",
    (remoteAddress) => {
      expect(refuseReader({ ...own, remoteAddress })).toContain("own machine");
    },
  );

  it("on port 80 knows its hosts without the port, as clients write them", () => {
    const onPort80 = { ...own, port: 80, host: "localhost", origin: "http://localhost" };
    expect(refuseReader(onPort80)).toBeUndefined();
    expect(refuseReader({ ...onPort80, host: "evil.example" })).toContain("Host header");
  });

  it("wants the exact origin: scheme, name and port", () => {
    expect(refuseReader({ ...own, origin: "http://localhost:8969" })).toBeUndefined();
    for (const origin of [
      "https://localhost:8969",
      "http://127.0.0.1:8969",
      "http://localhost",
      "",
    ]) {
      expect(refuseReader({ ...own, origin })).toContain("another origin");
    }
  });
});
