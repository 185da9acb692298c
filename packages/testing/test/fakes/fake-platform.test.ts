import { describe, expect, test } from "vitest";
import { createFakeClock, createFakePlatform, seededRandom, settle } from "../../src/index.js";
import { envelopeOf, event, metric } from "../../src/suites/sentry-samples.js";

describe("createFakeClock", () => {
  test("fires timers when they are due, in order", async () => {
    const clock = createFakeClock(0);
    const fired: [string, number][] = [];
    clock.setTimer(() => fired.push(["late", clock.now()]), 20);
    clock.setTimer(() => fired.push(["soon", clock.now()]), 10);
    const undo = clock.setTimer(() => fired.push(["never", clock.now()]), 15);
    undo();
    undo();
    expect(clock.timers).toBe(2);
    await clock.advance(19);
    expect(fired).toEqual([["soon", 10]]);
    await clock.advance(1);
    expect(fired).toEqual([
      ["soon", 10],
      ["late", 20],
    ]);
    expect([clock.timers, clock.now()]).toEqual([0, 20]);
  });

  test("fires timers that are set while it advances, and lets promises settle between them", async () => {
    const clock = createFakeClock(0);
    const fired: number[] = [];
    const again = async (): Promise<void> => {
      fired.push(clock.now());
      await Promise.resolve();
      if (clock.now() < 30) clock.setTimer(() => void again(), 10);
    };
    clock.setTimer(() => void again(), 10);
    await clock.advance(100);
    expect(fired).toEqual([10, 20, 30]);
  });

  test("jumpTo sets the time and fires no timer", () => {
    const clock = createFakeClock(0);
    clock.setTimer(() => expect.unreachable(), 5);
    clock.jumpTo(100);
    expect([clock.now(), clock.timers]).toEqual([100, 1]);
  });
});

describe("createFakePlatform", () => {
  const options = { url: "https://example.com/", recordDroppedEvent: () => {} };

  test("its transport records envelopes and answers as onSend says", async () => {
    const { platform, transport } = createFakePlatform();
    const sender = platform.transport(options);
    expect(await sender.send(envelopeOf(metric))).toEqual({ statusCode: 200 });
    transport.onSend = new Error("offline");
    await expect(sender.send(envelopeOf(metric))).rejects.toThrow("offline");
    transport.onSend = "unanswered";
    const unanswered = sender.send(envelopeOf(metric));
    expect([transport.sends.length, transport.open, await sender.flush()]).toEqual([3, 1, false]);
    transport.sends[2]?.answer({ statusCode: 503 });
    expect(await unanswered).toEqual({ statusCode: 503 });
    await settle();
    expect([transport.open, await sender.flush()]).toEqual([0, true]);
    expect(transport.created).toEqual([options]);
  });

  test("its transport throws for broken rules in the test, not in the client", async () => {
    const { platform, transport } = createFakePlatform();
    await platform.transport(options).send(envelopeOf(event));
    expect(() => transport.sends[0]?.envelope).toThrow("must hold only metrics and reports");
    expect(() => transport.metrics).toThrow("must hold only metrics and reports");
  });

  test("its console records lines", () => {
    const { platform, lines } = createFakePlatform();
    platform.console.warn("a", 1, new Error("b"));
    expect(lines).toEqual([{ level: "warn", text: "a 1 Error: b" }]);
  });

  test("its attribute context works across await", async () => {
    const context = createFakePlatform().platform.createAttributeContext();
    const seen = await context.run({ a: 1 }, async () => {
      await settle();
      return context.current();
    });
    expect([seen, context.current()]).toEqual([{ a: 1 }, undefined]);
  });

  test("its random numbers are the same in every run and spread from 0 to 1", () => {
    const numbers = Array.from({ length: 1000 }, seededRandom(7));
    expect(numbers.slice(0, 5)).toEqual(Array.from({ length: 5 }, seededRandom(7)));
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  });
});
