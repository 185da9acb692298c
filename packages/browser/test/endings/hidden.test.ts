import type { Frame, Page } from "playwright-core";
import { expect } from "vitest";
import { allOnce, comeBack, record, site } from "./visit.js";
import { discard, freeze, setWindow, test } from "./window.js";

test("2 000 metrics arrive when the page is hidden and its process killed", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  // Browsers keep few connections to one server: what is sent in excess of that waits in the page.
  ingest.reply({ delay: 1_000 });
  await record(page, ingest, 2_000);
  await setWindow(page, "minimized");
  await discard(page);
  ingest.reply({});
  const again = await comeBack(page);
  await allOnce(ingest, 2_000, again);
});

test("2 000 metrics arrive when the page is hidden and shown again", async ({ open, ingest }) => {
  const page = await open(site(ingest));
  await record(page, ingest, 2_000);
  await setWindow(page, "minimized");
  await setWindow(page, "normal");
  await allOnce(ingest, 2_000, page);
  expect(await page.evaluate(() => Spanmeter.getClient()?.stats())).toMatchObject({
    recorded: 2_000,
    delivered: 2_000,
    pending: 0,
    dropped: {},
  });
});

test("what a hidden tab records before it is frozen and discarded arrives", async ({
  open,
  ingest,
}) => {
  const page = await open(site(ingest));
  await record(page, ingest, 0);
  await setWindow(page, "minimized");
  await record(page, ingest, 99);
  await freeze(page);
  await ingest.waitFor(({ metrics }) => metrics.length === 99);
  await discard(page);
  await allOnce(ingest, 99, await comeBack(page));
});

const withoutStorage = {
  full: "<script>for (let n = 2 ** 23; n >= 1; n /= 2) try { localStorage[n] = 'x'.repeat(n) } catch {}</script>",
  forbidden: "",
};

test.for(["full", "forbidden"] as const)(
  "where storage is %s nothing is thrown, and a page that lives on sends all",
  async (storage, { open, ingest }) => {
    const page = await open(site(ingest, withoutStorage[storage]));
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    const place = storage === "full" ? page : await forbidden(page);
    await record(place, ingest, 1_000);
    await setWindow(page, "minimized");
    await allOnce(ingest, 1_000);
    expect(await place.evaluate(() => Spanmeter.getClient()?.stats().dropped)).toEqual({});
    expect(errors).toEqual([]);
  },
);

test.for(["full", "forbidden"] as const)(
  "where storage is %s and the server is out of reach, nothing counts as delivered",
  async (storage, { open, ingest }) => {
    const page = await open(site(ingest, withoutStorage[storage]));
    const place = storage === "full" ? page : await forbidden(page);
    await page.context().setOffline(true);
    await record(place, ingest, 99);
    await setWindow(page, "minimized");
    const stats = await place.evaluate(async () => {
      await Spanmeter.close(1_000);
      return Spanmeter.getClient()?.stats();
    });
    const announced = Object.values(stats?.dropped ?? {}).reduce((sum, n) => sum + n, 0);
    expect(stats).toMatchObject({ recorded: 99, delivered: 0, pending: 99 - announced });
  },
);

/** A frame of a page that may not use storage: the getter throws. */
async function forbidden(page: Page): Promise<Frame> {
  const name = "sandbox";
  await page.evaluate((id) => {
    const frame = document.createElement("iframe");
    frame.name = id;
    frame.sandbox.add("allow-scripts");
    frame.src = "/";
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    return loaded;
  }, name);
  const frame = page.frame(name) as Frame;
  await expect(frame.evaluate(() => localStorage.length)).rejects.toThrow("sandboxed");
  return frame;
}
