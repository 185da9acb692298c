import type { Page } from "playwright-core";

/** Waits until the page has every answer that it shows, whatever that is. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isReading = [...document.querySelectorAll("[role=status]")].some((each) =>
      each.textContent?.startsWith("Reading "),
    );
    const isAnswered = [...document.querySelectorAll(".panel")].every(
      (each) => each.hasAttribute("data-ready") || each.querySelector("figure, .bad, [role=alert]"),
    );
    return document.querySelector("main")?.childElementCount && !isReading && isAnswered;
  });
}
