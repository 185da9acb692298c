import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startFaultServer, type FaultServer } from "../../src/servers/fault-server.js";
import { envelopeOf, metricOf } from "../readers/sample-envelope.js";

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer({ scale: 0.01 });
});
afterEach(() => server.close());

const endpoint = "/api/1/envelope/?sentry_version=7&sentry_key=public";
const post = () =>
  fetch(new URL(server.dsn).origin.replace("public@", "") + endpoint, {
    method: "POST",
    body: envelopeOf([metricOf({ type: "counter", name: "a", value: 3, unit: undefined })]),
    redirect: "manual",
  });

describe("startFaultServer", () => {
  test("adds up accepted metrics by name", async () => {
    expect((await post()).status).toBe(200);
    expect(server.violations).toEqual([]);
    expect(server.arrivals).toMatchObject([{ counted: true, ambiguous: false }]);
    expect(server.arrivals[0]?.counters).toEqual(new Map([["a", 3]]));
  });

  test("switches from one fault to another", async () => {
    await server.become("HTTP 503");
    expect((await post()).status).toBe(503);
    await server.become("redirect loop");
    expect((await post()).status).toBe(302);
    expect(server.arrivals.map(({ counted }) => counted)).toEqual([false, false]);
  });

  test("marks metrics as ambiguous if the client cannot know that they were counted", async () => {
    await server.become("reset after reading, counted");
    await expect(post()).rejects.toThrow("fetch failed");
    expect(server.arrivals).toMatchObject([{ counted: true, ambiguous: true }]);
  });

  test.for(["reset before reading", "refuse"])(
    "reads no request with the fault %s",
    async (fault) => {
      await server.become(fault);
      await expect(post()).rejects.toThrow("fetch failed");
      expect(server.arrivals).toEqual([]);
    },
  );

  test.for(["half of the head", "garbage headers"])(
    "does not answer with HTTP with the fault %s",
    async (fault) => {
      await server.become(fault);
      await expect(post()).rejects.toThrow("fetch failed");
    },
  );

  test("listens on the same port after the fault refuse and after a restart", async () => {
    await server.become("refuse");
    await server.become("none");
    expect((await post()).status).toBe(200);
    await server.become("restart in the middle");
    await expect(post()).rejects.toThrow("fetch failed");
    await server.restart();
    expect((await post()).status).toBe(200);
  });

  test("throws for an unknown fault", async () => {
    await expect(server.become("flood")).rejects.toThrow('There is no fault "flood".');
  });
});
