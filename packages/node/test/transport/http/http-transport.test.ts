import { describe, expect, test, vi } from "vitest";
import { httpTransport } from "../../../src/transport/http/http-transport.js";
import { metricEnvelope, transportOptions } from "../../support/envelope.js";
import { ingestForTest } from "../../support/ingest.js";
import { tls } from "../../support/tls.js";

describe("a send", () => {
  test("posts the envelope and resolves with the status", async () => {
    const ingest = await ingestForTest();
    const transport = httpTransport(transportOptions(ingest.url));
    expect(await transport.send(metricEnvelope("a"))).toMatchObject({ statusCode: 200 });
    expect(ingest.metrics.map(({ name }) => name)).toEqual(["a"]);
    expect(ingest.requests[0]).toMatchObject({
      path: "/api/1/envelope/",
      query: { sentry_key: "public" },
      headers: { "content-type": "application/x-sentry-envelope" },
    });
    ingest.assertClean();
  });

  test("carries the headers of the options", async () => {
    const ingest = await ingestForTest();
    const options = { ...transportOptions(ingest.url), headers: { "x-team": "blue" } };
    await httpTransport(options).send(metricEnvelope());
    expect(ingest.requests[0]?.headers["x-team"]).toBe("blue");
  });

  test("is gzipped from 1 KiB up and plain below", async () => {
    const ingest = await ingestForTest();
    const transport = httpTransport(transportOptions(ingest.url));
    await transport.send(metricEnvelope("small"));
    await transport.send(metricEnvelope("large", 1024));
    const [small, large] = ingest.requests;
    expect(small?.headers["content-encoding"]).toBeUndefined();
    expect(small?.headers["content-length"]).toBe(String(small?.body.length));
    expect(large?.headers["content-encoding"]).toBe("gzip");
    expect(large?.rawBytes).toBeLessThan(large!.body.length / 2);
    ingest.assertClean();
  });

  test("uses one keep-alive connection for consecutive sends, and several for concurrent ones", async () => {
    const ingest = await ingestForTest();
    const transport = httpTransport(transportOptions(ingest.url));
    for (let i = 0; i < 5; i++) await transport.send(metricEnvelope());
    expect(ingest.connections).toBe(1);
    await Promise.all(Array.from({ length: 20 }, () => transport.send(metricEnvelope())));
    expect(ingest.metrics).toHaveLength(25);
    expect(ingest.connections).toBeGreaterThan(1);
  });

  test("opens a connection each time with keepAlive: false", async () => {
    const ingest = await ingestForTest();
    const transport = httpTransport({ ...transportOptions(ingest.url), keepAlive: false });
    for (let i = 0; i < 3; i++) await transport.send(metricEnvelope());
    expect(ingest.connections).toBe(3);
  });

  test("resolves with the rate limits, and drops limited metrics from then on", async () => {
    const ingest = await ingestForTest();
    const recordDroppedEvent = vi.fn<(reason: string, category: string, count?: unknown) => void>();
    const transport = httpTransport({ ...transportOptions(ingest.url), recordDroppedEvent });
    const limits = "60:trace_metric:organization";
    ingest.replyNext({
      status: 429,
      headers: { "x-sentry-rate-limits": limits, "retry-after": "60" },
    });
    expect(await transport.send(metricEnvelope())).toEqual({
      statusCode: 429,
      headers: { "x-sentry-rate-limits": limits, "retry-after": "60" },
    });
    expect(await transport.send(metricEnvelope())).toEqual({});
    expect(ingest.requests).toHaveLength(1);
    expect(recordDroppedEvent).toHaveBeenCalledWith("ratelimit_backoff", "trace_metric", 1);
  });
});

describe("a connection", () => {
  test("that breaks rejects the send", async () => {
    const ingest = await ingestForTest({ reply: { fault: "reset" } });
    const transport = httpTransport(transportOptions(ingest.url));
    await expect(transport.send(metricEnvelope())).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(ingest.requests).toHaveLength(1);
  });

  test("that was kept alive and turns out broken is replaced once", async () => {
    const ingest = await ingestForTest();
    const transport = httpTransport(transportOptions(ingest.url));
    await transport.send(metricEnvelope("first"));
    ingest.replyNext({ fault: "reset" });
    expect(await transport.send(metricEnvelope("second"))).toMatchObject({ statusCode: 200 });
    expect(ingest.connections).toBe(2);
    expect(ingest.metrics.map(({ name }) => name)).toEqual(["first", "second"]);
  });

  test("that is refused rejects the send", async () => {
    const ingest = await ingestForTest();
    await ingest.close();
    const transport = httpTransport(transportOptions(ingest.url));
    await expect(transport.send(metricEnvelope())).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("without an answer ends at the timeout", async () => {
    const ingest = await ingestForTest({ reply: { fault: "hang" } });
    const transport = httpTransport({ ...transportOptions(ingest.url), timeout: 100 });
    await expect(transport.send(metricEnvelope())).rejects.toThrow("did not answer within 100 ms");
  });
});

describe("flush", () => {
  test("waits for sends in flight", async () => {
    const ingest = await ingestForTest({ reply: { delay: 100 } });
    const transport = httpTransport(transportOptions(ingest.url));
    const sending = transport.send(metricEnvelope());
    expect(await transport.flush(5000)).toBe(true);
    expect(ingest.metrics).toHaveLength(1);
    await sending;
  });

  test("resolves with false at its timeout", async () => {
    const ingest = await ingestForTest({ reply: { fault: "hang" } });
    const transport = httpTransport({ ...transportOptions(ingest.url), timeout: 500 });
    const sending = transport.send(metricEnvelope());
    expect(await transport.flush(50)).toBe(false);
    await expect(sending).rejects.toThrow("did not answer");
  });
});

describe("TLS", () => {
  test("trusts the certificates it is given, in any form", async () => {
    const ingest = await ingestForTest({ tls });
    for (const caCerts of [tls.cert, Buffer.from(tls.cert), [Buffer.from(tls.cert)], [tls.cert]]) {
      const transport = httpTransport({ ...transportOptions(ingest.url), caCerts });
      expect(await transport.send(metricEnvelope())).toMatchObject({ statusCode: 200 });
    }
    ingest.assertClean();
  });

  test("rejects a certificate that is not trusted", async () => {
    const ingest = await ingestForTest({ tls });
    const transport = httpTransport(transportOptions(ingest.url));
    await expect(transport.send(metricEnvelope())).rejects.toMatchObject({
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    expect(ingest.requests).toHaveLength(0);
  });
});

describe("wrong options", () => {
  test("do not throw into the application, but reject each send", async () => {
    const bad = httpTransport({ ...transportOptions(""), url: "/tunnel" });
    await expect(bad.send(metricEnvelope())).rejects.toThrow(
      'httpTransport cannot send to "/tunnel": a full http or https URL is needed.',
    );
    const proxy = httpTransport({ ...transportOptions("http://127.0.0.1:9"), proxy: "socks5://a" });
    await expect(proxy.send(metricEnvelope())).rejects.toThrow('proxy is a "socks5:" URL');
    const headers = { "bad name": "x" };
    const header = httpTransport({ ...transportOptions("http://127.0.0.1:9"), headers });
    await expect(header.send(metricEnvelope())).rejects.toThrow("bad name");
    expect(await bad.flush(10)).toBe(true);
  });
});
