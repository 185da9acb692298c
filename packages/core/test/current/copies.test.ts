import { createFakePlatform } from "@spanmeter/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type * as Core from "../../src/index.js";
import { DSN } from "../set-up.js";

// Copies of the package in one process, also of other versions, share the current client.

const SLOT = Symbol.for("spanmeter.current");
const host = globalThis as Record<symbol, unknown>;

async function loadCopy(): Promise<typeof Core> {
  vi.resetModules();
  return import("../../src/index.js");
}

beforeEach(() => {
  Reflect.deleteProperty(host, SLOT);
});
afterEach(() => {
  Reflect.deleteProperty(host, SLOT);
});

function initWith(core: typeof Core) {
  const { platform, transport } = createFakePlatform();
  const client = core.makeCurrent(core.createClient({ dsn: DSN }, platform));
  return { client, transport };
}

test("each copy buffers its own early calls, whichever is called first", async () => {
  const [lean, full] = [await loadCopy(), await loadCopy()];
  const counting = lean.createMetrics(lean.countEarly);
  counting.count("counted");
  full.metrics.count("buffered");
  const { client, transport } = initWith(full);
  await client.flush();
  expect(transport.metrics.map(({ name }) => name)).toEqual(["buffered"]);
  expect(client.stats()).toMatchObject({ recorded: 2, dropped: { buffer_overflow: 1 } });
});

test("an older copy that calls the verbs of what is there before a client does not throw", async () => {
  const core = await loadCopy();
  core.setAttributes({ a: 1 });
  (host[SLOT] as { metrics: Core.Metrics }).metrics.count("from.an.older.copy");
  const { client } = initWith(core);
  expect(client.stats()).toMatchObject({ recorded: 1, dropped: { buffer_overflow: 1 } });
});

test("calls before a client go to the buffer of an older copy that is there", async () => {
  const core = await loadCopy();
  const calls: unknown[] = [];
  let surrounding: unknown;
  const early: { metrics: Partial<Core.Metrics>; around?: unknown; close(): void } = {
    metrics: {
      count: (name) => {
        calls.push(name);
        surrounding = early.around;
      },
      gauge() {},
      distribution() {},
    },
    close() {},
  };
  host[SLOT] = early;
  core.withAttributes({ inner: 1 }, () => core.metrics.count("a"));
  expect(calls).toEqual(["a"]);
  expect(surrounding).toEqual({ inner: 1 });
});
