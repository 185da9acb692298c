import type { Page } from "playwright-core";
import { expect } from "vitest";
import { spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const scripts = [await spanmeterScript()];

/** Every listener on the page's window and document, as the browser itself counts them. */
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

test("listens to the page's ends and returns while a client is open, and to none after close", async ({
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
    "window visibilitychange",
  ]);
  expect(await page.evaluate(() => Spanmeter.close())).toBe(true);
  expect(await listeners(page)).toEqual([]);
  expect(ingest.metrics).toMatchObject([{ name: "before.close" }]);
});

/** Why Chromium would not keep the page in its back/forward cache when the visitor leaves and returns. */
async function reasonsAgainstCache(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.enable");
  const answer = new Promise<string[]>((resolve) => {
    session.once("Page.backForwardCacheNotUsed", ({ notRestoredExplanations }) =>
      resolve(notRestoredExplanations.map(({ reason }) => reason).sort()),
    );
  });
  await page.goto(new URL("/next", page.url()).href);
  await page.goBack();
  return answer;
}

test("does not keep the page out of the back/forward cache", async ({ open, ingest }) => {
  const plain = await reasonsAgainstCache(await open({ scripts: [] }));
  const unload = await reasonsAgainstCache(
    await open({ scripts: ["addEventListener('unload', () => {})"] }),
  );
  expect(unload).toContain("UnloadHandlerExistsInMainFrame");

  const page = await open({ scripts });
  await page.evaluate((dsn) => {
    Spanmeter.init({ dsn });
    Spanmeter.metrics.count("waiting");
  }, ingest.dsn);
  // A headless Chromium has reasons of its own against every page; Spanmeter must add none.
  expect(await reasonsAgainstCache(page)).toEqual(plain);
});

test("neither does having sent what an earlier page left", async ({ open, ingest }) => {
  const plain = await reasonsAgainstCache(await open({ scripts: [] }));
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
  expect(await reasonsAgainstCache(page)).toEqual(plain);
});
