import { StoreOpenError, StoreWriteError } from "../../store-error.js";

/** Creates the error for a failed write. */
export function explainWriteFailure(error: unknown): StoreWriteError {
  return new StoreWriteError(
    `The explorer can no longer write what it receives: ${messageOf(error)}. Free some space and start it again.`,
    { cause: error },
  );
}

/**
 * Creates the error for a native library that does not load. Package managers leave out optional packages when they are
 * configured to, and node_modules may have been copied from another machine.
 */
export function explainMissingLibrary(error: unknown): StoreOpenError {
  const [reason] = messageOf(error).split("\n");
  return new StoreOpenError(
    `The database's library does not load on ${process.platform} ${process.arch}: ${reason}. It is an optional ` +
      "package of @duckdb/node-api: install it again on this machine, without --omit=optional.",
    { cause: error },
  );
}

/** Creates the error for a data file that does not open. DuckDB gives the reason only in its message. */
export function explainOpenFailure(
  path: string,
  error: unknown,
  { readOnly }: { readOnly: boolean },
): StoreOpenError {
  const text = messageOf(error);
  if (/conflicting lock|could not set lock/i.test(text)) {
    const instead = readOnly
      ? "Read from it with --url, or stop it."
      : "Stop it, or choose another folder with --data.";
    return new StoreOpenError(
      `${path} is in use by another process (an explorer that is already running?). ${instead}`,
    );
  }
  return new StoreOpenError(`${path} could not be opened: ${text}`);
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
