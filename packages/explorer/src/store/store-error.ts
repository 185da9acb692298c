/** Why a data file could not be opened, worded for the person at the terminal. */
export class StoreOpenError extends Error {
  override readonly name = "StoreOpenError";
}

/** The store can no longer write. What it had not written is lost; nothing more is taken in. */
export class StoreWriteError extends Error {
  override readonly name = "StoreWriteError";
}

export function explainWriteFailure(error: unknown): StoreWriteError {
  return new StoreWriteError(
    `The explorer can no longer write what it receives: ${messageOf(error)}. Free some space and start it again.`,
    { cause: error },
  );
}

/** npm leaves optional packages out when it is told to, and when node_modules came from another machine. */
export function explainMissingLibrary(error: unknown): StoreOpenError {
  const [reason] = messageOf(error).split("\n");
  return new StoreOpenError(
    `The database's library does not load on ${process.platform} ${process.arch}: ${reason}. It is an optional ` +
      "package of @duckdb/node-api: install again on this very machine, without --omit=optional.",
    { cause: error },
  );
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** DuckDB tells the reason only in its message. */
export function explainOpenFailure(
  path: string,
  error: unknown,
  { readOnly }: { readOnly: boolean },
): StoreOpenError {
  const text = messageOf(error);
  if (/conflicting lock|could not set lock/i.test(text)) {
    const instead = readOnly
      ? "Ask it with --url, or stop it."
      : "Stop it, or choose another folder with --data.";
    return new StoreOpenError(
      `${path} is in use by another process (an explorer that is already running?). ${instead}`,
    );
  }
  return new StoreOpenError(`${path} could not be opened: ${text}`);
}
