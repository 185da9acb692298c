import { describe, expect, test } from "vitest";
import { memoryTransport, type Options } from "../../src/index.js";
import { DSN, setUp } from "../set-up.js";

async function send(options: Options = {}) {
  const it = setUp(options);
  it.client.metrics.count("a");
  await it.leave();
  return it;
}

describe("envelopes go", () => {
  test("to the endpoint of the DSN, with its key", async () => {
    const { transport } = await send();
    expect(transport.made.map(({ url }) => url)).toEqual([
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
    expect(transport.made[0]?.url).toBe("https://example.com/tunnel");
    expect(transport.sends[0]?.envelope.headers["dsn"]).toBe(DSN);
  });

  test("through a transport of one's own, which is told where and how", async () => {
    const memory = memoryTransport();
    let given: object = {};
    const it = await send({
      transport: (options) => {
        given = options;
        return memory(options);
      },
      transportOptions: { headers: { a: "b" }, anything: 5, url: "not this" },
    });
    expect(memory.envelopes).toHaveLength(1);
    expect(it.transport.made).toEqual([]);
    expect(given).toMatchObject({ headers: { a: "b" }, anything: 5 });
    expect((given as { url: string }).url).toContain("o1.ingest.sentry.io");
  });

  test.each([
    [{}, 10_000],
    [{ sendTimeout: 500 }, 500],
    [{ sendTimeout: 500, transportOptions: { timeout: 20 } }, 20],
  ])("within the time of a send: %j", async (options, timeout) => {
    const { transport } = await send(options);
    expect(transport.made[0]).toMatchObject({ timeout });
  });

  test("through a transport of one's own even without a DSN", async () => {
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
    const it = await send({ spotlight });
    expect(it.spotlight.made[0]?.url).toBe(url);
    expect(it.spotlight.metrics).toEqual(it.transport.metrics);
    expect(it.client.stats()).toMatchObject({ recorded: 1, delivered: 1 });
  });

  test("works without a DSN", async () => {
    const it = await send({ dsn: undefined, spotlight: true });
    expect(it.spotlight.metrics).toHaveLength(1);
    expect(it.transport.made).toEqual([]);
    expect(it.client.stats()).toMatchObject({ delivered: 1 });
  });

  test("works with a malformed DSN, which is told", async () => {
    const it = await send({ dsn: "nonsense", spotlight: true });
    expect(it.spotlight.metrics).toHaveLength(1);
    expect(it.complaints()).toHaveLength(1);
  });

  test("that is not running disturbs nothing", async () => {
    const it = setUp({ spotlight: true });
    it.spotlight.onSend = new Error("ECONNREFUSED");
    it.client.metrics.count("a");
    await it.leave();
    expect(it.client.stats()).toMatchObject({ delivered: 1, dropped: {} });
    expect(await it.client.flush()).toBe(true);
    expect(it.lines).toEqual([]);
  });

  test("false or nothing sends no copy", async () => {
    for (const spotlight of [false, undefined])
      expect((await send({ spotlight })).spotlight.made).toEqual([]);
  });
});
