import { describe, expect, test } from "vitest";
import { memoryTransport, type Options } from "../../src/index.js";
import { DSN, setUp } from "../set-up.js";

async function send(options: Options = {}) {
  const setup = setUp(options);
  setup.client.metrics.count("a");
  await setup.advanceInterval();
  return setup;
}

describe("envelopes go", () => {
  test("to the endpoint of the DSN, with its key", async () => {
    const { transport } = await send();
    expect(transport.created.map(({ url }) => url)).toEqual([
      "https://o1.ingest.sentry.io/api/2/envelope/" +
        "?sentry_version=7&sentry_key=public&sentry_client=spanmeter.javascript.fake%2F0.1.0",
    ]);
    expect(transport.sends[0]?.envelope.headers).not.toHaveProperty("dsn");
  });

  test("to the tunnel, with the DSN in the envelope and without its secret", async () => {
    const { transport } = await send({
      tunnel: "https://example.com/tunnel",
      dsn: "https://public:secret@o1.ingest.sentry.io/2",
    });
    expect(transport.created[0]?.url).toBe("https://example.com/tunnel");
    expect(transport.sends[0]?.envelope.headers["dsn"]).toBe(DSN);
  });

  test("through a custom transport, which receives the URL and transportOptions", async () => {
    const memory = memoryTransport();
    let received: object = {};
    const { transport } = await send({
      transport: (options) => {
        received = options;
        return memory(options);
      },
      transportOptions: { headers: { a: "b" }, anything: 5, url: "not this" },
    });
    expect(memory.envelopes).toHaveLength(1);
    expect(transport.created).toEqual([]);
    expect(received).toMatchObject({ headers: { a: "b" }, anything: 5 });
    expect((received as { url: string }).url).toContain("o1.ingest.sentry.io");
  });

  test.each([
    [{}, 10_000],
    [{ sendTimeout: 500 }, 500],
    [{ sendTimeout: 500, transportOptions: { timeout: 20 } }, 20],
  ])("with the send timeout in the transport's options: %j", async (options, timeout) => {
    const { transport } = await send(options);
    expect(transport.created[0]).toMatchObject({ timeout });
  });

  test("through a custom transport even without a DSN", async () => {
    const memory = memoryTransport();
    await send({ dsn: undefined, transport: memory });
    expect(memory.envelopes).toHaveLength(1);
  });
});

describe("spotlight", () => {
  test.each<[boolean | string, string]>([
    [true, "http://localhost:8969/stream"],
    ["http://localhost:1234/elsewhere", "http://localhost:1234/elsewhere"],
  ])("%j sends a copy to %s", async (spotlight, url) => {
    const setup = await send({ spotlight });
    expect(setup.spotlight.created[0]?.url).toBe(url);
    expect(setup.spotlight.metrics).toEqual(setup.transport.metrics);
    expect(setup.client.stats()).toMatchObject({ recorded: 1, delivered: 1 });
  });

  test("works without a DSN", async () => {
    const { client, transport, spotlight } = await send({ dsn: undefined, spotlight: true });
    expect(spotlight.metrics).toHaveLength(1);
    expect(transport.created).toEqual([]);
    expect(client.stats()).toMatchObject({ delivered: 1 });
  });

  test("works with a malformed DSN, which is logged", async () => {
    const { spotlight, warnings } = await send({ dsn: "nonsense", spotlight: true });
    expect(spotlight.metrics).toHaveLength(1);
    expect(warnings()).toHaveLength(1);
  });

  test.each([
    "http://127.0.0.1:8969",
    "http://127.0.0.1:8969/",
    "http://localhost:8969",
    "https://explorer.example",
  ])("%s, without a path, is completed with the explorer's path", async (url) => {
    const { spotlight } = await send({ spotlight: url });
    expect(spotlight.created[0]?.url).toBe(`${url.replace(/\/$/, "")}/stream`);
  });

  test("that is not running costs no metrics and causes one warning in development", async () => {
    for (const development of [false, true]) {
      const { client, spotlight, advanceInterval, warnings } = setUp(
        { spotlight: true },
        { development },
      );
      spotlight.onSend = new Error("ECONNREFUSED");
      for (let i = 0; i < 3; i += 1) {
        client.metrics.count("a");
        await advanceInterval();
      }
      expect(client.stats()).toMatchObject({ delivered: 3, dropped: {} });
      expect(await client.flush()).toBe(true);
      const warning = expect.stringContaining(
        'No explorer answers at http://localhost:8969/stream, so it gets no copies. Start it with "npx @spanmeter/explorer"',
      ) as string;
      expect(warnings()).toEqual(development ? [warning] : []);
    }
  });

  test("that is not running is retried once a minute", async () => {
    const { client, spotlight, advanceInterval } = setUp({
      spotlight: true,
      sendClientReports: false,
    });
    spotlight.onSend = new Error("ECONNREFUSED");
    const minute = async (): Promise<void> => {
      for (let i = 0; i < 12; i += 1) {
        client.metrics.count("a");
        await advanceInterval();
      }
    };
    await minute();
    expect(spotlight.sends).toHaveLength(1);
    spotlight.onSend = { statusCode: 200 };
    await minute();
    expect(spotlight.sends.length).toBeGreaterThan(10);
  });

  test("that is not running does not delay a flush, even as the only destination", async () => {
    const { client, spotlight, clock } = setUp({ dsn: undefined, spotlight: true });
    spotlight.onSend = new Error("ECONNREFUSED");
    client.metrics.count("a");
    await client.flush(2000);
    expect(client.stats().pending).toBe(0);
    expect(clock.now()).toBe(setUp().clock.now());
  });

  test("sends no copy when it is false or undefined", async () => {
    for (const spotlight of [false, undefined])
      expect((await send({ spotlight })).spotlight.created).toEqual([]);
  });
});
