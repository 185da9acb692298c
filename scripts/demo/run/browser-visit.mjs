import { chromium } from "playwright-core";
import { chromiumLaunchOptions } from "../../chromium.mjs";

// The demo ends the browser itself when it is interrupted.
const OWN_SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/** Starts Chromium. Rejects with a hint if it does not start. */
export async function launchBrowser() {
  try {
    return await chromium.launch({ ...(await chromiumLaunchOptions()), ...OWN_SIGNALS });
  } catch (cause) {
    const [reason] = cause.message.split("\n");
    throw new Error(`Chromium did not start; CHROMIUM_PATH can name another one. ${reason}`, {
      cause,
    });
  }
}

/** Opens the shop's page, searches, fills the cart, pays and leaves. */
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
  // The page sends waiting metrics when it is left; closing the context would cut that off.
  await page.goto("about:blank");
}

async function search(page, text) {
  await page.fill("input[name=text]", text);
  await page.press("input[name=text]", "Enter");
  await page.waitForFunction(() =>
    document.getElementById("message").textContent.includes("found"),
  );
}
