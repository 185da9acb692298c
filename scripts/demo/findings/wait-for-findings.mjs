import { setTimeout as sleep } from "node:timers/promises";
import { investigate } from "./findings.mjs";
import { verify } from "./verify.mjs";

const TIMEOUT_MS = 60_000;
const INTERVAL_MS = 500;

/**
 * Queries the explorer until nothing is missing, because metrics and spans arrive when their senders flush.
 * Resolves to `{ findings, problems }`; problems are sentences about missing findings.
 */
export async function waitForFindings({ explorerUrl, shopUrl, before, after, checkouts }, signal) {
  const deadlineMs = Date.now() + TIMEOUT_MS;
  for (;;) {
    const findings = await investigate({ explorerUrl, shopUrl, before, after });
    const problems = verify(findings, { checkouts });
    if (problems.length === 0 || Date.now() > deadlineMs) return { findings, problems };
    await sleep(INTERVAL_MS, undefined, { signal });
  }
}
