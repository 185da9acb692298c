import { describe, expect, test } from "vitest";
import type { Envelope, Transport, TransportFactory, TransportOptions } from "../../src/index.js";
import { setUp } from "../set-up.js";

/** A transport of an application that keeps less to the contract than its type says. */
const odd =
  (make: (options: TransportOptions, sent: Envelope[]) => unknown, sent: Envelope[] = []) =>
  (options: TransportOptions): Transport =>
    make(options, sent) as Transport;

const fail = (): never => {
  throw new Error("from the application");
};

describe("a transport", () => {
  test("whose send returns nothing has taken the envelope", async () => {
    const sent: Envelope[] = [];
    const transport = odd(() => ({ send: (each: Envelope) => void sent.push(each) }));
    const { client } = setUp({ transport });
    client.metrics.count("a");
    expect(await client.flush()).toBe(true);
    expect(client.stats()).toMatchObject({ delivered: 1, dropped: {} });
    expect(sent).toHaveLength(1);
  });

  test("that reports a drop and throws is tried again, and the drop is not counted later", async () => {
    let tries = 0;
    const transport = odd(({ recordDroppedEvent }) => ({
      send() {
        if (tries++) return Promise.resolve({});
        recordDroppedEvent("before_send", "trace_metric");
        return fail();
      },
    }));
    const { client, clock } = setUp({ transport });
    client.metrics.count("a");
    void client.flush();
    await clock.advance(60_000);
    expect(client.stats()).toMatchObject({ delivered: 1, dropped: {} });
  });

  test.each<[string, (...args: never[]) => unknown, boolean]>([
    ["returns nothing", () => undefined, true],
    ["resolves to nothing", () => Promise.resolve(), true],
  ])("whose flush %s leaves client.flush a boolean", async (_label, flush, expected) => {
    const transport = odd(() => ({ send: () => Promise.resolve({}), flush }));
    const { client } = setUp({ transport });
    client.metrics.count("a");
    expect(await client.flush()).toBe(expected);
  });

  test("that the factory does not return turns metrics off, and logs it", () => {
    const { client, warnings } = setUp({ transport: odd(() => undefined) as TransportFactory });
    client.metrics.count("a");
    expect(client.stats()).toMatchObject({ recorded: 0 });
    expect(warnings()).toEqual([expect.stringContaining("metrics are off")]);
  });
});

describe("copies for the explorer", () => {
  test("are sent when the first transport throws", async () => {
    const { client, spotlight, clock } = setUp({
      spotlight: true,
      transport: odd(() => ({ send: fail })),
    });
    client.metrics.count("a");
    void client.flush();
    await clock.advance(10_000);
    expect(spotlight.metrics.length).toBeGreaterThan(0);
  });

  test("are flushed at the same time as the first transport", async () => {
    const setup = setUp();
    const slow = (): Promise<boolean> =>
      new Promise((resolve) => void setup.clock.setTimer(() => resolve(true), 200));
    const { client, clock } = setUp(
      { spotlight: true, sendTimeout: 300 },
      {
        transport: () => ({ send: () => Promise.resolve({}), flush: slow }),
        now: () => setup.clock.now(),
        monotonicMs: () => setup.clock.monotonicMs(),
        setTimer: (fn, ms) => setup.clock.setTimer(fn, ms),
      },
    );
    void clock;
    client.metrics.count("a");
    const flushed = client.flush();
    await setup.clock.advance(250);
    expect(await flushed).toBe(true);
  });
});
