import type { BrowserContext, Page } from "playwright-core";

/** A page of the explorer with everything that it must not do. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors on the console, uncaught errors, reports of the policy, and requests to other origins. */
  readonly faults: string[];
}

/** Opens an empty page that notes what a page of the explorer must not do. */
export async function watchedPage(context: BrowserContext, origin: string): Promise<WatchedPage> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    // The browser itself writes these while the explorer is not there.
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, origin: to } = new URL(request.url());
    if (to !== origin && !["data:", "blob:"].includes(protocol))
      faults.push(`request: ${request.url()}`);
  });
  await page.exposeFunction("noteViolation", (text: string) => void faults.push(`policy: ${text}`));
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (event) => {
      const { noteViolation } = globalThis as unknown as { noteViolation(text: string): void };
      noteViolation(`${event.violatedDirective} ${event.blockedURI}`);
    }),
  );
  return { page, faults };
}
