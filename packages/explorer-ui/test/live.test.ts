import { describe } from "vitest";
import { test } from "./acceptance/support/acceptance-test.js";
import { axeViolations } from "./acceptance/support/axe.js";
import { send, sendAll } from "./acceptance/support/envelopes.js";
import { startBuiltExplorer } from "./acceptance/support/explorer.js";
import { HOSTILE, hostileItems } from "./acceptance/support/hostile.js";
import { itemStreams } from "./acceptance/support/item-streams.js";
import {
  counts,
  heap,
  names,
  openLive,
  order,
  orders,
  setHidden,
} from "./acceptance/support/live-page.js";
import { mainThreadDuring } from "./acceptance/support/main-thread.js";
import { sendSteadily } from "./acceptance/support/steady-sender.js";

describe("5 000 items a second", () => {
  test("are shown or counted, in short frames and with little memory", async ({
    context,
    explorer,
    expect,
  }) => {
    const page = await context.newPage();
    await openLive(page, explorer.url);
    await send(explorer.url, "trace_metric", orders(0, 5_000));
    await expect.poll(async () => (await counts(page)).shown).toBe(5_000);
    const before = await heap(page);
    let sent = 5_000;
    const work = await mainThreadDuring(page, async () => {
      sent += await sendSteadily(explorer.url, { perSecond: 5_000, seconds: 5, item: order });
      await expect
        .poll(async () => Object.values(await counts(page)).reduce((a, b) => a + b))
        .toBe(sent);
    });
    const after = await heap(page);
    expect(work.longestMs).toBeLessThan(100);
    expect(Math.abs(after - before)).toBeLessThan(20e6);
    expect(await page.locator(".tail-row").count()).toBeLessThan(100);
  });
});

describe.concurrent("a paused list", () => {
  test("keeps its rows, counts what is newer, and then shows all of it", async ({
    context,
    explorer,
    expect,
  }) => {
    const page = await context.newPage();
    await openLive(page, explorer.url);
    await send(explorer.url, "trace_metric", orders(0, 600));
    await expect.poll(() => counts(page)).toEqual({ shown: 600, missed: 0 });
    await page.locator(".tail-table").hover();
    await page.mouse.wheel(0, 2_000);
    await expect.poll(() => page.url()).toContain("paused=1");
    await page.locator(".tail-row:not(.head)").getByText("orders.500", { exact: true }).waitFor();
    const seen = await names(page);
    await send(explorer.url, "trace_metric", orders(600, 1_012));
    await page.getByRole("button", { name: "412 newer" }).waitFor();
    expect(await names(page)).toEqual(seen);
    await page.getByRole("button", { name: "412 newer" }).click();
    await expect.poll(async () => (await names(page))[0]).toBe("orders.1011");
    expect(await counts(page)).toEqual({ shown: 1_012, missed: 0 });
    await expect.poll(() => page.url()).not.toContain("paused");
  });

  test("keeps the row that is pressed while thousands arrive", async ({
    context,
    explorer,
    expect,
  }) => {
    const page = await context.newPage();
    await openLive(page, explorer.url);
    const sending = sendSteadily(explorer.url, { perSecond: 5_000, seconds: 1, item: order });
    await page.locator(".tail-table").waitFor();
    // In one step, because the rows change at each frame.
    const pressed = await page.locator(".tail-table").evaluate((table) => {
      const rows = [...table.querySelectorAll(".tail-row:not(.head)")];
      const seen = rows.map((row) => row.children[2]?.textContent ?? "");
      table.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
      return seen;
    });
    const sent = await sending;
    const { shown } = await counts(page);
    const newer = (sent - shown).toLocaleString("en");
    await page.getByRole("button", { name: `${newer} newer` }).waitFor();
    expect(await names(page)).toEqual(pressed);
    await page.keyboard.press(" ");
    await expect.poll(() => counts(page)).toEqual({ shown: sent, missed: 0 });
  });

  test("is paused, walked through and opened by keys", async ({ context, explorer, expect }) => {
    const page = await context.newPage();
    await openLive(page, explorer.url);
    await send(explorer.url, "trace_metric", orders(0, 3));
    await page.getByText("orders.2").waitFor();
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Go on" }).waitFor();
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await expect.poll(() => page.url()).toContain("paused=1");
    const active = page.locator("[role=row][aria-selected=true]");
    await expect.poll(() => active.textContent()).toContain("orders.1");
    await page.keyboard.press("o");
    await page.getByRole("region", { name: "Trace" }).waitFor();
    await expect.poll(() => page.url()).toContain(`trace=${"a".repeat(32)}&span=2`);
    await page.keyboard.press("Escape");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.className))
      .toBe("tail-table");
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Pause, go on").waitFor();
  });
});

describe.concurrent("a filter", () => {
  test("chooses kinds and names, also of what is there already", async ({
    context,
    explorer,
    expect,
  }) => {
    const page = await context.newPage();
    await openLive(page, explorer.url);
    const log = { timestamp: Date.now() / 1_000, trace_id: "b".repeat(32), level: "warn" };
    await send(explorer.url, "log", [{ ...log, body: "orders are slow" }]);
    await send(explorer.url, "trace_metric", orders(0, 3));
    await expect.poll(() => names(page)).toHaveLength(4);
    await page.keyboard.press("/");
    await page.keyboard.type("orders");
    await expect.poll(() => page.url()).toContain("q=orders");
    await page.getByRole("button", { name: "Logs" }).click();
    await expect.poll(() => names(page)).toEqual(["orders are slow"]);
    await page.getByRole("row", { name: "log warn" }).waitFor();
    await send(explorer.url, "trace_metric", orders(3, 6));
    await send(explorer.url, "log", [
      { ...log, body: "nothing else" },
      { ...log, body: "more orders" },
    ]);
    await expect.poll(() => names(page)).toEqual(["more orders", "orders are slow"]);
    await page.getByRole("searchbox").fill("orders*slow");
    await expect.poll(() => names(page)).toEqual(["orders are slow"]);
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain("kind");
  });
});

describe.concurrent("a connection that is lost", () => {
  test("is said, and read on without a gap and without a repeat", async ({
    context,
    explorer,
    expect,
  }) => {
    using streams = itemStreams(explorer.url);
    const page = await context.newPage();
    await openLive(page, explorer.url);
    await send(explorer.url, "trace_metric", orders(0, 5));
    await expect.poll(() => names(page)).toHaveLength(5);
    for (const response of streams.open) response.destroy();
    await page.getByText("Connection lost").waitFor();
    await send(explorer.url, "trace_metric", orders(5, 8));
    await expect.poll(() => names(page)).toHaveLength(8);
    await expect.poll(() => page.getByText("Connection lost").count()).toBe(0);

    await setHidden(page, true);
    await expect.poll(() => streams.open.size).toBe(0);
    await send(explorer.url, "trace_metric", orders(8, 10));
    await setHidden(page, false);
    await expect.poll(() => names(page)).toHaveLength(10);
    expect(await names(page)).toEqual(
      Array.from({ length: 10 }, (_, index) => `orders.${9 - index}`),
    );
    expect(await counts(page)).toEqual({ shown: 10, missed: 0 });

    await page.getByRole("link", { name: "Cost" }).click();
    await expect.poll(() => streams.open.size).toBe(0);
  });
});

describe.concurrent("items that are removed before they are read", () => {
  test("are counted as missed", async ({ context, expect }) => {
    const explorer = await startBuiltExplorer({ maxRows: 5 });
    const page = await context.newPage();
    await openLive(page, explorer.url);
    await setHidden(page, true);
    await send(explorer.url, "trace_metric", orders(0, 20));
    // An answer comes from the store after it has removed what is too much.
    await fetch(`${explorer.url}/api/stats`);
    await setHidden(page, false);
    await expect.poll(async () => (await counts(page)).missed).toBeGreaterThan(0);
    const { shown, missed } = await counts(page);
    expect(shown + missed).toBe(20);
    await explorer.close();
  });
});

describe.concurrent("what anybody may send", () => {
  test("is text, and axe finds nothing in either theme", async ({ context, explorer, expect }) => {
    const page = await context.newPage();
    const found: string[] = [];
    async function check(): Promise<void> {
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme });
        found.push(...(await axeViolations(page)));
      }
    }
    await openLive(page, explorer.url);
    await check();
    const items = hostileItems(Date.now() / 1_000);
    await sendAll(explorer.url, items);
    await page.getByText(HOSTILE.IMAGE, { exact: true }).first().waitFor();
    await expect.poll(async () => (await counts(page)).shown).toBeGreaterThanOrEqual(25);
    await page.getByText("user\\u202egpj.exe\\u2066", { exact: true }).first().waitFor();
    await page.keyboard.press("j");
    await check();
    expect(found).toEqual([]);
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
  });
});
