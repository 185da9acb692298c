import { startIngest, type IngestServer } from "@spanmeter/testing";
import { stat } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type * as spanmeter from "../../src/index.js";
import type * as pageStorage from "../../src/lifecycle/page-storage.js";

/** A fake page and the events that a test can cause on it. */
interface FakePage {
  readonly storage: Record<string, string>;
  fire(type: string, state?: DocumentVisibilityState, persisted?: boolean): void;
  setOnline(isOnline: boolean): void;
  /** Resolves when all requested locks have been released. */
  unlocked(): Promise<unknown>;
}

function createFakePage(): FakePage {
  const events = new EventTarget();
  const document = { visibilityState: "visible" };
  const storage: Record<string, string> = {};
  const held: Promise<unknown>[] = [];
  const request = async (_: string, fn: () => Promise<void>): Promise<void> => {
    const holding = fn();
    held.push(holding);
    await holding;
  };
  const navigator = { onLine: true, locks: { request } };
  vi.stubGlobal("document", document);
  vi.stubGlobal("navigator", navigator);
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("addEventListener", events.addEventListener.bind(events));
  vi.stubGlobal("removeEventListener", events.removeEventListener.bind(events));
  return {
    storage,
    fire(type, state = "visible", persisted = false) {
      document.visibilityState = state;
      events.dispatchEvent(Object.assign(new Event(type), { persisted }));
    },
    setOnline(isOnline) {
      navigator.onLine = isOnline;
    },
    unlocked: async () => Promise.all(held),
  };
}

let page: FakePage;
let ingest: IngestServer;
let Spanmeter: typeof spanmeter;
beforeEach(async () => {
  ingest = await startIngest();
  page = createFakePage();
  vi.resetModules();
  Spanmeter = await import("../../src/index.js");
});
let opened: spanmeter.Client | undefined;
function open(options: spanmeter.Options = {}): spanmeter.Client {
  opened = Spanmeter.createClient({ dsn: ingest.dsn, flushInterval: 60_000, ...options });
  return opened;
}
afterEach(async () => {
  await opened?.close();
  vi.unstubAllGlobals();
  await ingest.close();
});

/** Stores three pieces, one for each time the page is hidden while it is offline. */
async function storeThree(options: spanmeter.Options = {}): Promise<spanmeter.Client> {
  const client = open(options);
  page.setOnline(false);
  for (let i = 1; i <= 3; i++) {
    client.metrics.count("visit", 1, { attributes: { i } });
    page.fire("visibilitychange", "hidden");
    await vi.waitFor(() => expect(Object.keys(page.storage)).toHaveLength(i));
  }
  page.setOnline(true);
  return client;
}

const limited = (quotas: string, status = 200) => ({
  status,
  headers: { "x-sentry-rate-limits": quotas },
});

test("stored metrics are not sent while the client has a rate limit", async () => {
  const client = await storeThree();
  ingest.reply(limited("60:trace_metric:org"));
  client.metrics.count("limits");
  await client.flush();
  page.fire("visibilitychange");
  await page.unlocked();
  expect(ingest.requests).toHaveLength(1);
  expect(Object.keys(page.storage)).toHaveLength(3);
});

test.for([
  [limited("60"), 2],
  [limited("60::org"), 2],
  [limited("60:error:org, 60:default;trace_metric:org"), 2],
  [limited("60:trace_metric_byte:org", 400), 2],
  [limited("60:error:trace_metric", 400), 0],
] as const)("after a stored piece is answered with %o, %i stay stored", async ([reply, left]) => {
  await storeThree();
  ingest.reply(reply);
  page.fire("visibilitychange");
  await page.unlocked();
  expect(ingest.requests).toHaveLength(3 - left);
  expect(Object.keys(page.storage)).toHaveLength(left);
});

test("a stored piece that fails after another one was sent is stored again, and sent when online again", async () => {
  await storeThree();
  ingest.replyNext({});
  ingest.reply({ fault: "reset" });
  page.fire("online");
  await page.unlocked();
  expect(ingest.metrics).toHaveLength(1);
  expect(Object.keys(page.storage)).toHaveLength(2);
  ingest.reply({});
  page.fire("visibilitychange");
  await page.unlocked();
  expect(Object.keys(page.storage)).toHaveLength(2);
  page.fire("online");
  await page.unlocked();
  expect(page.storage).toEqual({});
  const numbers = ingest.metrics.map(({ attributes }) => Number(attributes["i"]));
  expect(numbers).toHaveLength(3);
  expect(new Set(numbers)).toEqual(new Set([1, 2, 3]));
});

test("metrics that another version of the SDK stored are sent", async () => {
  const { store, sendStored }: typeof pageStorage =
    await import("../../src/lifecycle/page-storage.js");
  const optionsOf = (version: string) => ({
    url: `${ingest.url}/api/1/envelope/?sentry_key=public&sentry_version=7&sentry_client=sdk%2F${version}`,
    recordDroppedEvent() {},
  });
  store(optionsOf("0.0.9"), "piece");
  const sent: string[] = [];
  const send = async (body: string): Promise<boolean> => sent.push(body) < 0;
  await sendStored(optionsOf("0.1.0"), { mayGoOn: () => true, send });
  expect(sent).toEqual(["piece"]);
});

test("an answer that arrived before the timeout counts, although the page was blocked past it", async () => {
  vi.stubGlobal("fetch", async (_: string, { signal }: { signal: AbortSignal }) => {
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error));
      // Another thread prepares the answer while this one is blocked.
      stat(".", () => resolve(new Response("{}")));
    });
  });
  const transport = Spanmeter.keepaliveTransport({
    url: "http://127.0.0.1:9/",
    recordDroppedEvent() {},
    timeout: 50,
  });
  const sent = transport.send([{}, [[{ type: "statsd" }, "x"]]] as never);
  await Promise.resolve();
  const start = performance.now();
  while (performance.now() - start < 200);
  expect(await sent).toMatchObject({ statusCode: 200 });
});

test("a stored piece whose request never ends is stored again, and the lock is released", async () => {
  await storeThree({ transportOptions: { timeout: 20 } });
  vi.stubGlobal("fetch", async () => new Promise(() => {}));
  page.fire("visibilitychange");
  await vi.waitFor(() => expect(Object.keys(page.storage)).toHaveLength(2));
  await page.unlocked();
  expect(Object.keys(page.storage)).toHaveLength(3);
});

test("a stored piece that is refused is stored again, although the page's timers were replaced", async () => {
  await storeThree();
  const fetchRefused = vi.fn<() => Promise<never>>(async () => {
    throw new TypeError("Failed to fetch");
  });
  vi.stubGlobal("fetch", fetchRefused);
  vi.stubGlobal("setTimeout", () => 0);
  page.fire("visibilitychange");
  await vi.waitFor(() => expect(fetchRefused).toHaveBeenCalled());
  await page.unlocked();
  expect(Object.keys(page.storage)).toHaveLength(3);
});

test.for(["visible", "hidden"] as const)(
  "a page that comes back %s, with only a pageshow event, sends again",
  async (state) => {
    // A beacon carries no headers: metrics recorded while the page is gone are stored.
    const transportOptions = { headers: { "x-requested-with": "shop" } };
    const client = open({ transportOptions });
    page.fire("pagehide", "hidden", true);
    page.fire("pageshow", state, true);
    client.metrics.count("back");
    await client.flush();
    expect(page.storage).toEqual({});
    expect(ingest.metrics).toMatchObject([{ name: "back" }]);
  },
);

test("a page that stays hidden sends in batches", async () => {
  const client = open();
  page.fire("visibilitychange", "hidden");
  const hiddenAt = performance.now();
  await vi.waitFor(() => expect(performance.now() - hiddenAt).toBeGreaterThan(100));
  for (let i = 0; i < 5; i++) {
    client.metrics.count("background", 1, { attributes: { i } });
    // An ending page would send in a microtask before this.
    await new Promise(setImmediate);
  }
  await client.flush();
  expect(ingest.metrics).toHaveLength(5);
  expect(ingest.requests).toHaveLength(1);
});
