import type { CreateClient, TrialClientOptions } from "./account-client.js";
import type { SpoolFolder } from "./spool-folder.js";
import { NEXT_PROCESS } from "./accounting.js";

/** Sends the metrics that a closed client left in its spool, like the next process. */
export async function runNextProcess(
  create: CreateClient,
  options: TrialClientOptions,
  folder: SpoolFolder,
): Promise<void> {
  if (folder.isEmpty()) return;
  const client = create({ ...options, shutdown: { spool: folder.path } });
  client.metrics.count(NEXT_PROCESS);
  await client.flush(PATIENT_MS);
  await until(folder.isEmpty);
  await client.close(PATIENT_MS);
}

/** Longer than a busy machine needs. */
const PATIENT_MS = 30_000;

/** A clock that the platform faults of a trial do not affect. */
const clock = (): number => process.uptime() * 1000;

/** Polls until `holds` returns true, for at most 30 s. */
export async function until(holds: () => boolean): Promise<void> {
  const deadlineMs = clock() + PATIENT_MS;
  while (!holds() && clock() < deadlineMs) await new Promise((resolve) => setTimeout(resolve, 10));
}
