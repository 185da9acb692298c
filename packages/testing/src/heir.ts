import type { CreateClient, TrialClientOptions } from "./account-client.js";
import type { SpoolFolder } from "./spool-folder.js";
import { HEIR } from "./tally.js";

/** Does what the next process does: sends what a closed client left in the folder. */
export async function inherit(
  create: CreateClient,
  options: TrialClientOptions,
  folder: SpoolFolder,
): Promise<void> {
  if (folder.isEmpty()) return;
  const client = create({ ...options, shutdown: { spool: folder.path } });
  client.metrics.count(HEIR);
  await client.flush(5000);
  await until(folder.isEmpty);
  await client.close(5000);
}

/** Looks again and again, for five seconds at most. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
}
