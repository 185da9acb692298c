import { visitInBrowser } from "./browser-visit.mjs";
import { createProgress } from "./terminal.mjs";
import { sendVisitors } from "./visitors.mjs";

/** The share of visitors for whom the new fraud check is switched on. */
const INCIDENT_SHARE = 0.7;

/**
 * Lets visitors come, switches the slow fraud check on, and lets as many come again. Resolves when
 * that was, in seconds since the epoch, and how many checkouts were tried.
 */
export async function tellStory({ browser, shopUrl, signal }) {
  const shop = { browser, shopUrl, signal };
  const before = await phase("Visitors, all is well", shop);
  await setFlag(shopUrl, "fuzzy_check", INCIDENT_SHARE);
  const after = await phase("Visitors, fuzzy_check is on", shop);
  const checkouts = before.checkouts + after.checkouts;
  return { before: windowOf(before), after: windowOf(after), checkouts };
}

async function phase(label, { browser, shopUrl, signal }) {
  const progress = createProgress(label);
  const since = Date.now() / 1000;
  const onProgress = (soFar) => progress.update(told(soFar));
  const [seen] = await Promise.all([
    sendVisitors({ shopUrl, signal, onProgress }),
    visitInBrowser({ browser, shopUrl }),
  ]);
  // The browser's visitor is one more.
  const checkouts = seen.checkouts + 1;
  progress.done(told({ ...seen, checkouts }));
  return { since, until: Date.now() / 1000, checkouts };
}

const told = ({ requests, checkouts, failed }) =>
  `${requests} requests, ${checkouts} checkouts, ${failed} failed`;

async function setFlag(shopUrl, flag, share) {
  const body = JSON.stringify({ share });
  await fetch(`${shopUrl}/admin/flags/${flag}`, { method: "PUT", body });
}

const windowOf = ({ since, until }) => ({ since, until });
