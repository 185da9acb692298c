import { visitInBrowser } from "./browser-visit.mjs";
import { createProgress } from "../print/terminal.mjs";
import { sendVisitors } from "./visitors.mjs";

/** The share of visitors for whom the new fraud check is switched on. */
const INCIDENT_SHARE = 0.7;

/**
 * Sends visitors, switches the slow fraud check on, and sends as many again. Resolves to the times of both
 * phases, in seconds since the epoch, and the number of checkouts.
 */
export async function runStory({ browser, shopUrl, signal }) {
  const shop = { browser, shopUrl, signal };
  const before = await phase("Visitors, before", shop);
  await setFlag(shopUrl, "fuzzy_check", INCIDENT_SHARE);
  const after = await phase("Visitors, fuzzy_check is on", shop);
  const checkouts = before.checkouts + after.checkouts;
  return { before: windowOf(before), after: windowOf(after), checkouts };
}

async function phase(label, { browser, shopUrl, signal }) {
  const progress = createProgress(label);
  const since = Date.now() / 1000;
  const onProgress = (soFar) => progress.update(describe(soFar));
  const [seen] = await Promise.all([
    sendVisitors({ shopUrl, signal, onProgress }),
    visitInBrowser({ browser, shopUrl }),
  ]);
  // The visitor in the browser is one more.
  const checkouts = seen.checkouts + 1;
  progress.done(describe({ ...seen, checkouts }));
  return { since, until: Date.now() / 1000, checkouts };
}

const describe = ({ requests, checkouts, failed }) =>
  `${requests} requests, ${checkouts} checkouts, ${failed} failed`;

async function setFlag(shopUrl, flag, share) {
  const body = JSON.stringify({ share });
  await fetch(`${shopUrl}/admin/flags/${flag}`, { method: "PUT", body });
}

const windowOf = ({ since, until }) => ({ since, until });
