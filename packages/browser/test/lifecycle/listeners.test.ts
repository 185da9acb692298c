import type { Page } from "playwright-core";
import { expect } from "vitest";
import { goAndReturn } from "../support/back-and-forward.js";
import { spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const scripts = [await spanmeterScript()];

/** Every listener on the page's window and document, as the browser reports them. */
async function listeners(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const types = await Promise.all(
    ["window", "document"].map(async (expression) => {
      const { result } = await session.send("Runtime.evaluate", { expression });
      const found = await session.send("DOMDebugger.getEventListeners", {
        objectId: result.objectId ?? "",
      });
      return found.listeners.map(({ type }) => `${expression} ${type}`);
    }),
  );
  await session.detach();
  return types.flat().sort();
}

test("listens to events of the page's end and return while a client is open, and to none after close", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts });
  expect(await listeners(page)).toEqual([]);
  await page.evaluate((dsn) => {
    Spanmeter.init({ dsn });
    Spanmeter.metrics.count("before.close");
  }, ingest.dsn);
  expect(await listeners(page)).toEqual([
    "window freeze",
    "window online",
    "window pagehide",
    "window pageshow",
    "window visibilitychange",
  ]);
  expect(await page.evaluate(() => Spanmeter.close())).toBe(true);
  expect(await listeners(page)).toEqual([]);
  expect(ingest.metrics).toMatchObject([{ name: "before.close" }]);
});

test("the script does not contain the name of an event that prevents caching of the page", () => {
  const events = scripts[0]?.match(/\b(pagehide|pageshow|unload|beforeunload)\b/g);
  expect(new Set(events)).toEqual(new Set(["pagehide", "pageshow"]));
});

test("does not prevent the back/forward cache", async ({ open, ingest }) => {
  const plain = await goAndReturn(await open({ scripts: [] }));
  const unload = await goAndReturn(
    await open({ scripts: ["addEventListener('unload', () => {})"] }),
  );
  expect(unload.restored).toBe(false);
  expect(unload.reasons).toContain("UnloadHandlerExistsInMainFrame");

  const page = await open({ scripts });
  await page.evaluate((dsn) => {
    Spanmeter.init({ dsn });
    Spanmeter.metrics.count("waiting");
  }, ingest.dsn);
  // A headless shell has its own reasons against caching any page; Spanmeter must not add one.
  expect(await goAndReturn(page)).toEqual(plain);
});

test("does not prevent the back/forward cache after sending stored metrics", async ({
  open,
  ingest,
}) => {
  const plain = await goAndReturn(await open({ scripts: [] }));
  const page = await open({ scripts });
  await page.context().setOffline(true);
  await page.evaluate((dsn) => {
    Spanmeter.init({ dsn });
    Spanmeter.metrics.count("left.behind");
    dispatchEvent(new PageTransitionEvent("pagehide"));
  }, ingest.dsn);
  expect(await page.evaluate(() => localStorage.length)).toBe(1);
  await page.context().setOffline(false);
  await ingest.waitFor(({ metrics }) => metrics.length === 1);
  await page.waitForFunction(async () => !(await navigator.locks.query()).held?.length);
  expect(await goAndReturn(page)).toEqual(plain);
});
