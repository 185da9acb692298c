import { setTimeout as sleep } from "node:timers/promises";
import { investigate } from "./findings.mjs";
import { verify } from "./verify.mjs";

const GIVE_UP_MS = 60_000;
const AGAIN_MS = 500;

/**
 * Metrics and spans arrive when their senders flush, so the explorer is asked until nothing is
 * missing. Resolves `{ findings, problems }`; problems are what is missing still.
 */
export async function settle({ explorerUrl, before, after, checkouts }, signal) {
  const giveUp = Date.now() + GIVE_UP_MS;
  for (;;) {
    const findings = await investigate({ explorerUrl, before, after });
    const problems = verify(findings, { checkouts });
    if (problems.length === 0 || Date.now() > giveUp) return { findings, problems };
    await sleep(AGAIN_MS, undefined, { signal });
  }
}
