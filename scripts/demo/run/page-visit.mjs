/** Returns the address of the page that shows the same incident: the failures by their reason, and one trace of them. */
export function incidentAddress({ explorerUrl, before, after, sample }) {
  const search = new URLSearchParams({
    since: iso(before.since),
    until: iso(after.until),
    by: "reason",
    trace: sample.traceId,
    span: sample.id,
  });
  return `${explorerUrl}/metrics/checkout.failed?${search}`;
}

/** Opens the page at the incident, and returns the sentence in which it names the span that took too long. */
export async function readPage({ browser, address }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  // Without the button behind it.
  const sentence = await page
    .locator(".guilty")
    .evaluate((guilty) =>
      guilty.textContent.replace(guilty.querySelector("button").textContent, ""),
    );
  await context.close();
  return sentence.replaceAll(/\s+/g, " ").trim();
}

const iso = (seconds) => new Date(seconds * 1000).toISOString();
