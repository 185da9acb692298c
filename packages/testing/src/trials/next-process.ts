import type { CreateClient, TrialClientOptions } from "./account-client.js";
import type { SpoolFolder } from "./spool-folder.js";
import { NEXT_PROCESS } from "./accounting.js";

/** Does what the next process does: sends what a closed client left in the folder. */
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

/** More than a busy machine needs. */
const PATIENT_MS = 30_000;

/** No fault that a trial puts on the platform reaches it. */
const clock = (): number => process.uptime() * 1000;

/** Looks again and again, for half a minute at most. */
export async function until(holds: () => boolean): Promise<void> {
  const giveUpAt = clock() + PATIENT_MS;
  while (!holds() && clock() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 10));
}
