import { chromium } from "playwright-core";
import { chromiumLaunchOptions } from "../chromium.mjs";

/** A real Chromium. The demo's own handlers end it, so Playwright must not. */
export async function launchBrowser() {
  const options = await chromiumLaunchOptions();
  return chromium.launch({
    ...options,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Somebody opens the shop's page, looks around, fills the cart, pays and leaves. */
export async function visitInBrowser({ browser, shopUrl }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(shopUrl, { waitUntil: "load" });
  await search(page, "grinder");
  await page.click("button[value=grinder]");
  await page.click("#pay");
  await page.waitForFunction(
    () => !document.getElementById("message").textContent.includes("found"),
  );
  // Leaving the page makes it send what waits; closing the whole profile would cut that off.
  await page.goto("about:blank");
}

async function search(page, text) {
  await page.fill("input[name=text]", text);
  await page.press("input[name=text]", "Enter");
  await page.waitForFunction(() =>
    document.getElementById("message").textContent.includes("found"),
  );
}
