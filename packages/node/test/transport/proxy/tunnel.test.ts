import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { Server } from "proxy-chain";
import type { PrepareRequestFunctionOpts } from "proxy-chain";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { httpTransport } from "../../../src/transport/http/http-transport.js";
import { metricEnvelope, transportOptions } from "../../support/envelope.js";
import { ingestForTest } from "../../support/ingest.js";
import { tls } from "../../support/tls.js";

interface Proxy {
  readonly url: string;
  /** With the user and password that it requires. */
  readonly authorised: string;
  readonly seen: readonly { isHttp: boolean; host: string; target: string | undefined }[];
}

/** A real proxy that accepts `me:p@ss` and resolves every name to this machine. */
async function startProxy(secure = false): Promise<Proxy> {
  const seen: { isHttp: boolean; host: string; target: string | undefined }[] = [];
  const prepareRequestFunction = (request: PrepareRequestFunctionOpts) => {
    const { isHttp, hostname, port, username, password } = request;
    seen.push({ isHttp, host: `${hostname}:${port}`, target: request.request.url });
    return {
      requestAuthentication: username !== "me" || password !== "p@ss",
      dnsLookup: ((_host: string, options: { all?: boolean }, done: (...all: unknown[]) => void) =>
        options.all
          ? done(null, [{ address: "127.0.0.1", family: 4 }])
          : done(null, "127.0.0.1", 4)) as never,
    };
  };
  const base = { port: 0, host: "127.0.0.1", prepareRequestFunction };
  const server = secure
    ? new Server({ ...base, serverType: "https", httpsOptions: tls })
    : new Server(base);
  await server.listen();
  onTestFinished(() => server.close(true).then(() => {}));
  const address = `127.0.0.1:${server.port}`;
  const scheme = secure ? "https" : "http";
  return { url: `${scheme}://${address}`, authorised: `${scheme}://me:p%40ss@${address}`, seen };
}

describe.each([
  { name: "an http proxy", secureProxy: false },
  { name: "an https proxy", secureProxy: true },
])("through $name", ({ secureProxy }) => {
  test("an http target is requested by its whole URL", async () => {
    const ingest = await ingestForTest();
    const proxy = await startProxy(secureProxy);
    const options = transportOptions(ingest.url);
    const settings = { proxy: proxy.authorised, caCerts: tls.cert };
    const transport = httpTransport({ ...options, ...settings });
    expect(await transport.send(metricEnvelope("a", 2000))).toMatchObject({ statusCode: 200 });
    expect(proxy.seen).toEqual([
      { isHttp: true, host: `127.0.0.1:${ingest.port}`, target: options.url },
    ]);
    expect(ingest.metrics).toHaveLength(1);
    expect(ingest.requests[0]?.headers.host).toBe(`127.0.0.1:${ingest.port}`);
    expect(ingest.requests[0]?.headers["proxy-authorization"]).toBeUndefined();
    ingest.assertClean();
  });

  test("an https target is reached by one tunnel for many sends", async () => {
    const ingest = await ingestForTest({ tls });
    const proxy = await startProxy(secureProxy);
    const settings = { proxy: proxy.authorised, caCerts: tls.cert };
    const transport = httpTransport({ ...transportOptions(ingest.url), ...settings });
    for (let i = 0; i < 3; i++)
      expect(await transport.send(metricEnvelope("a", 2000))).toMatchObject({ statusCode: 200 });
    const host = `127.0.0.1:${ingest.port}`;
    expect(proxy.seen).toEqual([{ isHttp: false, host, target: host }]);
    expect(ingest.metrics).toHaveLength(3);
    expect(ingest.connections).toBe(1);
    ingest.assertClean();
  });
});

describe("a tunnel", () => {
  test("lets the proxy resolve the host, and checks the certificate for its name", async () => {
    const ingest = await ingestForTest({ tls });
    const proxy = await startProxy();
    const settings = { proxy: proxy.authorised, caCerts: tls.cert };
    const to = (host: string) =>
      httpTransport({ ...transportOptions(`https://${host}:${ingest.port}`), ...settings });
    expect(await to("ingest.test").send(metricEnvelope())).toMatchObject({ statusCode: 200 });
    await expect(to("other.test").send(metricEnvelope())).rejects.toMatchObject({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });

  test("may stay idle for longer than the timeout", async () => {
    const ingest = await ingestForTest({ tls });
    const proxy = await startProxy();
    const settings = { proxy: proxy.authorised, caCerts: tls.cert, timeout: 3000 };
    const transport = httpTransport({ ...transportOptions(ingest.url), ...settings });
    await transport.send(metricEnvelope());
    await setTimeout(3300);
    await transport.send(metricEnvelope());
    expect(proxy.seen).toHaveLength(1);
    expect(ingest.metrics).toHaveLength(2);
  });

  test("that the proxy refuses is reported without the password", async () => {
    const ingest = await ingestForTest({ tls });
    const proxy = await startProxy();
    const wrong = proxy.url.replace("//", "//me:wrong@");
    const transport = httpTransport({ ...transportOptions(ingest.url), proxy: wrong });
    const refused = `The proxy ${new URL(proxy.url).host} refused a tunnel to 127.0.0.1:${ingest.port}: 407.`;
    await expect(transport.send(metricEnvelope())).rejects.toThrow(refused);
  });

  test("that the proxy never opens ends at the timeout", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const proxy = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const target = transportOptions("https://ingest.test");
    const transport = httpTransport({ ...target, proxy, timeout: 100 });
    await expect(transport.send(metricEnvelope())).rejects.toThrow(/within 100 ms/);
  });

  test("to a dead proxy fails with an error that names it", async () => {
    const transport = httpTransport({
      ...transportOptions("https://ingest.test"),
      proxy: "http://127.0.0.1:9",
    });
    await expect(transport.send(metricEnvelope())).rejects.toThrow(
      "The proxy 127.0.0.1:9 failed: connect ECONNREFUSED",
    );
  });
});

describe("the environment", () => {
  afterEach(() => void vi.unstubAllEnvs());

  const clean = (): void => {
    for (const name of ["http_proxy", "https_proxy", "no_proxy"]) {
      vi.stubEnv(name, undefined);
      vi.stubEnv(name.toUpperCase(), undefined);
    }
  };

  test.each(["http_proxy", "HTTP_PROXY"])("%s is used for an http target", async (name) => {
    clean();
    const ingest = await ingestForTest();
    const proxy = await startProxy();
    vi.stubEnv(name, proxy.authorised);
    await httpTransport(transportOptions(ingest.url)).send(metricEnvelope());
    expect(proxy.seen).toHaveLength(1);
    expect(ingest.metrics).toHaveLength(1);
  });

  test.each(["https_proxy", "HTTPS_PROXY"])("%s is used for an https target", async (name) => {
    clean();
    const ingest = await ingestForTest({ tls });
    const proxy = await startProxy();
    vi.stubEnv(name, proxy.authorised);
    const options = { ...transportOptions(ingest.url), caCerts: tls.cert };
    await httpTransport(options).send(metricEnvelope());
    expect(proxy.seen).toHaveLength(1);
    expect(ingest.metrics).toHaveLength(1);
  });

  test.each(["no_proxy", "NO_PROXY"])("%s bypasses the proxy", async (name) => {
    clean();
    const ingest = await ingestForTest();
    vi.stubEnv("http_proxy", "http://127.0.0.1:9");
    vi.stubEnv(name, "example.com,127.0.0.0/8");
    await httpTransport(transportOptions(ingest.url)).send(metricEnvelope());
    expect(ingest.metrics).toHaveLength(1);
  });

  test("is not read with proxy: false", async () => {
    clean();
    const ingest = await ingestForTest();
    vi.stubEnv("http_proxy", "http://127.0.0.1:9");
    await httpTransport({ ...transportOptions(ingest.url), proxy: false }).send(metricEnvelope());
    expect(ingest.metrics).toHaveLength(1);
  });
});
