import { encodeMetrics, type Platform } from "../../src/index.js";
import { afterEach, describe, expect, test } from "vitest";
import { balance, setUp } from "../set-up.js";

const HOUR_MS = 3_600_000;
const limited = (seconds: number) => ({
  statusCode: 429,
  headers: { "x-sentry-rate-limits": null, "retry-after": String(seconds) },
});

describe("when encoding throws", () => {
  /** An encoder that throws this many times before it works. */
  const failingEncoder = (times: number): Partial<Platform> => ({
    encodeMetrics(...given) {
      if (times-- > 0) throw new Error("a patched prototype");
      return encodeMetrics(...given);
    },
  });

  test("twice, the batch is sent after a pause, complete and once", async () => {
    const { client, transport, advanceInterval, clock } = setUp({}, failingEncoder(2));
    for (let i = 0; i < 3; i++) client.metrics.count("a", i);
    await advanceInterval();
    await clock.advance(10_000);
    expect(transport.metrics.map(({ value }) => value)).toEqual([0, 1, 2]);
    expect(client.stats()).toMatchObject({ delivered: 3, pending: 0, platformErrors: 2 });
  });

  test("every time, each batch is dropped as internal_sdk_error after three attempts", async () => {
    const setup = setUp({}, failingEncoder(Infinity));
    for (let i = 0; i < 5; i++) {
      setup.client.metrics.count("a");
      await setup.clock.advance(100_000);
    }
    expect(setup.client.stats()).toMatchObject({ pending: 0, dropped: { internal_sdk_error: 5 } });
    const { recorded, accounted } = balance(setup);
    expect(accounted).toBe(recorded);
  });

  test("as often as maxInFlight, sending goes on", async () => {
    let encodings = 0;
    const { client, transport, clock } = setUp(
      { maxInFlight: 4 },
      {
        encodeMetrics(...given) {
          if (encodings++ % 2 === 0) throw new Error("every other time");
          return encodeMetrics(...given);
        },
      },
    );
    for (let i = 0; i < 8; i++) {
      client.metrics.count("a");
      await clock.advance(60_000);
    }
    expect(transport.metrics).toHaveLength(8);
  });

  test("while the client closes, all metrics are dropped and reported", async () => {
    const setup = setUp({}, failingEncoder(Infinity));
    for (let i = 0; i < 250; i++) setup.client.metrics.count("a");
    expect(await setup.client.close()).toBe(false);
    expect(setup.client.stats()).toMatchObject({
      pending: 0,
      dropped: { internal_sdk_error: 250 },
    });
    expect(balance(setup).reported).toEqual({ internal_sdk_error: 250 });
  });
});

describe("a throwing toJSON on a built-in prototype", () => {
  const PROTOTYPES = [Object.prototype, Array.prototype, String.prototype, Number.prototype];
  afterEach(() => {
    for (const each of PROTOTYPES) delete (each as { toJSON?: unknown }).toJSON;
  });

  test.each([0, 1, 2, 3])("does not cost a batch (%#)", async (index) => {
    const setup = setUp();
    setup.client.metrics.count("a", 1, { attributes: { list: ["b"], text: "c", number: 1 } });
    Object.defineProperty(PROTOTYPES[index], "toJSON", {
      configurable: true,
      value() {
        throw new Error("patched");
      },
    });
    const flushed = setup.client.flush();
    delete (PROTOTYPES[index] as { toJSON?: unknown }).toJSON;
    await flushed;
    await setup.clock.advance(10_000);
    const { recorded, accounted } = balance(setup);
    expect([recorded, accounted]).toEqual([1, 1]);
    expect(setup.transport.metrics).toMatchObject([{ name: "a", attributes: { list: ["b"] } }]);
  });
});

describe("setting the clock", () => {
  test.each([
    ["back by an hour", -HOUR_MS],
    ["forward by an hour", HOUR_MS],
  ])("%s during a rate limit does not change its length", async (_label, byMs) => {
    const { client, transport, clock } = setUp();
    transport.onSend = limited(2);
    client.metrics.count("a");
    await client.flush();
    transport.onSend = { statusCode: 200 };
    clock.jumpTo(clock.now() + byMs);
    await clock.advance(1999);
    expect(transport.sends).toHaveLength(1);
    await clock.advance(1);
    expect(transport.sends).toHaveLength(2);
    expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  });

  test.each([-HOUR_MS, HOUR_MS])(
    "by %i ms does not change the length of a pause after a failure",
    async (byMs) => {
      const { client, transport, clock } = setUp({}, { random: () => 0.9 });
      transport.onSend = new Error("refused");
      client.metrics.count("a");
      await client.flush();
      transport.onSend = { statusCode: 200 };
      clock.jumpTo(clock.now() + byMs);
      await clock.advance(899);
      expect(client.stats().pending).toBe(1);
      await clock.advance(1);
      expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
    },
  );

  test.each([-HOUR_MS, HOUR_MS])(
    "by %i ms does not change the timeout of a flush",
    async (byMs) => {
      const { client, transport, clock } = setUp();
      transport.onSend = "unanswered";
      client.metrics.count("a");
      let result: boolean | undefined;
      void client.flush(2000).then((flushed) => (result = flushed));
      clock.jumpTo(clock.now() + byMs);
      await clock.advance(1999);
      expect(result).toBeUndefined();
      await clock.advance(1);
      expect(result).toBe(false);
    },
  );
});

describe("timers that were removed", () => {
  /** Timers that a page, or a test with fake timers, can remove. */
  function removableTimers(): {
    overrides: (real: Platform["setTimer"]) => Partial<Platform>;
    removeTimers(): void;
  } {
    const undos = new Set<() => void>();
    return {
      overrides: (real) => ({
        setTimer(fn, ms) {
          const undo = real(fn, ms);
          undos.add(undo);
          return undo;
        },
      }),
      removeTimers() {
        for (const undo of undos) undo();
      },
    };
  }

  async function setUpRemovable() {
    const { overrides, removeTimers } = removableTimers();
    let real: Platform["setTimer"] = () => () => {};
    const setup = setUp(
      {},
      overrides((fn, ms) => real(fn, ms)),
    );
    real = (fn, ms) => setup.clock.setTimer(fn, ms);
    return { ...setup, removeTimers };
  }

  test("are detected by the next call, however late it comes", async () => {
    const { client, transport, clock, removeTimers } = await setUpRemovable();
    client.metrics.count("a");
    removeTimers();
    await clock.advance(60_000);
    expect(transport.sends).toHaveLength(0);
    client.metrics.count("b");
    await clock.advance(0);
    expect(transport.metrics.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  test("during a pause are detected by the next call", async () => {
    const { client, transport, clock, removeTimers } = await setUpRemovable();
    transport.onSend = limited(2);
    client.metrics.count("a");
    await client.flush();
    transport.onSend = { statusCode: 200 };
    removeTimers();
    await clock.advance(60_000);
    client.metrics.count("b");
    await clock.advance(0);
    await clock.advance(5000);
    expect(client.stats()).toMatchObject({ delivered: 2, pending: 0 });
  });

  test("of a send are detected by a flush, which sends its metrics again", async () => {
    const { client, transport, clock, removeTimers } = await setUpRemovable();
    transport.onSend = "unanswered";
    client.metrics.count("a");
    await clock.advance(5000);
    transport.onSend = { statusCode: 200 };
    removeTimers();
    await clock.advance(60_000);
    void client.flush(20_000);
    await clock.advance(20_000);
    expect(transport.sends).toHaveLength(2);
    expect(client.stats()).toMatchObject({ delivered: 1, pending: 0 });
  });

  test("of a send are detected without a flush, even when maxInFlight sends are open", async () => {
    const setup = setUp({ maxInFlight: 1 });
    setup.transport.onSend = "unanswered";
    setup.client.metrics.count("a");
    await setup.clock.advance(5000);
    setup.transport.onSend = { statusCode: 200 };
    setup.client.metrics.count("b");
    await setup.clock.advance(30_000);
    expect(setup.client.stats()).toMatchObject({ delivered: 2, pending: 0 });
  });
});
