import { request } from "node:http";
import { describe, expect, it } from "vitest";
import * as zlib from "node:zlib";
import { metric, metricEnvelope } from "../support/envelopes.js";
import { testExplorer, type TestExplorer } from "../support/test-explorer.js";

const received = async (explorer: TestExplorer) => (await explorer.queries.stats()).received;
const body = () => metricEnvelope(metric());

describe("sending an envelope", () => {
  it.each([
    "/api/42/envelope/",
    "/api/42/envelope",
    "/api/42/envelope/?sentry_key=k&sentry_version=7",
    "/stream",
  ])("to %s is answered as Relay answers", async (path) => {
    const explorer = await testExplorer();
    const response = await explorer.post(body(), { path });
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(response.headers.get("x-powered-by")).toBe("spotlight-by-sentry");
    const {
      samples: [sample],
    } = await explorer.queries.samples();
    expect(sample?.project).toBe(path === "/stream" ? undefined : "42");
  });

  it("to /stream takes the project from the DSN in its header", async () => {
    const explorer = await testExplorer();
    await explorer.post(body().replace("{}", '{"dsn":"http://k@localhost/7"}'), {
      path: "/stream",
    });
    expect((await explorer.queries.samples()).samples[0]?.project).toBe("7");
  });

  it("has its event id in the response", async () => {
    const explorer = await testExplorer();
    const response = await explorer.post('{"event_id":"abc"}\n{"type":"event"}\n{"message":"m"}');
    expect(await response.json()).toEqual({ id: "abc" });
  });

  it("of any content type is read", async () => {
    const explorer = await testExplorer();
    for (const type of [
      "application/x-sentry-envelope",
      "text/plain;charset=UTF-8",
      "multipart/form-data",
    ]) {
      expect((await explorer.post(body(), { headers: { "content-type": type } })).status).toBe(200);
    }
    expect(await received(explorer)).toBe(3);
  });

  it("that is malformed is a 400 with the reason, and nothing is stored", async () => {
    const explorer = await testExplorer();
    const response = await explorer.post("nonsense");
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      detail: expect.stringContaining("not an envelope header"),
    });
    expect(response.headers.get("x-sentry-error")).toContain("not an envelope header");
    expect(await received(explorer)).toBe(0);
  });

  it("with two metric containers is a 413 with the reason", async () => {
    const explorer = await testExplorer();
    const [, header, payload] = body().split("\n");
    const response = await explorer.post(["{}", header, payload, header, payload].join("\n"));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({
      detail: expect.stringContaining("2 trace_metric containers"),
    });
  });
});

describe("a content encoding", () => {
  const encode: Record<string, (text: string) => Buffer> = {
    gzip: zlib.gzipSync,
    "x-gzip": zlib.gzipSync,
    GZIP: zlib.gzipSync,
    deflate: zlib.deflateSync,
    br: zlib.brotliCompressSync,
    identity: (text) => Buffer.from(text),
    "utf-8": (text) => Buffer.from(text),
  };

  it.each(Object.entries(encode))("%s is decoded", async (encoding, compress) => {
    const explorer = await testExplorer();
    const headers = { "content-encoding": encoding };
    expect((await explorer.post(compress(body()), { headers })).status).toBe(200);
    expect(await received(explorer)).toBe(1);
  });

  it("zstd is decoded when Node has it, and is otherwise a 415 that names the Node version", async () => {
    const explorer = await testExplorer();
    const compress = (zlib as { zstdCompressSync?: (text: string) => Buffer }).zstdCompressSync;
    const headers = { "content-encoding": "zstd" };
    const response = await explorer.post(compress?.(body()) ?? "x", { headers });
    const output = JSON.stringify(await response.json());
    const wanted = compress ? [200, "{}"] : [415, "zstd needs Node 22.15"];
    expect(response.status).toBe(wanted[0]);
    expect(output).toContain(wanted[1]);
  });

  it.each(["compress", "gzip, br", "__proto__", "constructor"])(
    "%s is a 415 that names what works",
    async (encoding) => {
      const explorer = await testExplorer();
      const response = await explorer.post("x", { headers: { "content-encoding": encoding } });
      expect(response.status).toBe(415);
      expect(await response.json()).toEqual({
        detail: expect.stringContaining("Send one of gzip, deflate, br"),
      });
    },
  );

  it.each([
    ["that does not fit the bytes", Buffer.from("not gzip at all")],
    ["that is cut off", zlib.gzipSync(body()).subarray(0, 40)],
  ])("%s is a 400", async (_, bytes) => {
    const explorer = await testExplorer();
    const response = await explorer.post(bytes, { headers: { "content-encoding": "gzip" } });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      detail: expect.stringContaining("could not be read as gzip"),
    });
  });
});

const MIB = 1024 ** 2;

describe("a body that is too large", () => {
  it.each([
    [
      "br",
      zlib.brotliCompressSync(Buffer.alloc(51 * MIB), {
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 },
      }),
    ],
    ["deflate", zlib.deflateSync(Buffer.alloc(51 * MIB), { level: 1 })],
  ])("only when decompressed (%s) is a 413", async (encoding, bomb) => {
    const explorer = await testExplorer();
    const response = await explorer.post(bomb, { headers: { "content-encoding": encoding } });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({
      detail: expect.stringContaining("larger than 52428800 bytes"),
    });
    expect((await explorer.post(body())).status).toBe(200);
  });

  it("only when decompressed is not inflated to its end", async () => {
    const explorer = await testExplorer();
    // A gzip file may have many members: 2 GiB of zeros in 2 MB.
    const member = zlib.gzipSync(Buffer.alloc(16 * MIB));
    const bomb = Buffer.concat(Array.from({ length: 128 }, () => member));
    const before = process.memoryUsage().rss;
    const response = await explorer.post(bomb, { headers: { "content-encoding": "gzip" } });
    expect(response.status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * MIB);
  });

  it("as sent is a 413", async () => {
    const explorer = await testExplorer();
    const response = await explorer.post(Buffer.alloc(21 * 1024 ** 2));
    expect(response.status).toBe(413);
    expect((await explorer.post(body())).status).toBe(200);
  });
});

describe("a sender that disconnects in the middle", () => {
  it("leaves no item, and the explorer goes on", async () => {
    const explorer = await testExplorer();
    await new Promise<void>((resolve) => {
      const sending = request(`${explorer.url}/api/1/envelope/`, {
        method: "POST",
        headers: { "content-length": 9999 },
      });
      sending.on("error", () => resolve());
      sending.write(body(), () => sending.destroy(new Error("gone")));
    });
    expect((await explorer.post(body())).status).toBe(200);
    expect(await received(explorer)).toBe(1);
  });
});

describe("a page of any origin", () => {
  const ask = (explorer: TestExplorer, path: string) =>
    fetch(explorer.url + path, {
      method: "OPTIONS",
      headers: {
        origin: "https://shop.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-encoding",
      },
    });

  it.each(["/api/1/envelope/", "/stream"])(
    "may send to %s: its preflight is answered as Relay answers",
    async (path) => {
      const response = await ask(await testExplorer(), path);
      const header = (name: string) => response.headers.get(`access-control-${name}`);
      expect(response.status).toBe(204);
      expect([header("allow-origin"), header("allow-methods"), header("max-age")]).toEqual([
        "*",
        "POST",
        "3600",
      ]);
      expect(
        header("allow-headers")
          ?.split(",")
          .map((name) => name.trim()),
      ).toEqual([
        "x-sentry-auth",
        "x-requested-with",
        "x-forwarded-for",
        "origin",
        "referer",
        "accept",
        "content-type",
        "authentication",
        "authorization",
        "content-encoding",
        "transfer-encoding",
      ]);
    },
  );

  it("gets the answer to what it sent, and the headers SDKs read", async () => {
    const explorer = await testExplorer();
    const headers = { origin: "https://shop.example", "sec-fetch-site": "cross-site" };
    const response = await explorer.post(body(), { headers });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([
      200,
      "*",
    ]);
    expect(response.headers.get("access-control-expose-headers")).toBe(
      "x-sentry-error,x-sentry-rate-limits,retry-after",
    );
  });

  it("gets no permission to read from a preflight", async () => {
    const response = await ask(await testExplorer(), "/api/metrics");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.status).toBe(403);
  });
});
