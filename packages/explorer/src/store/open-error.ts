/** Why a data file could not be opened, worded for the person at the terminal. */
export class StoreOpenError extends Error {
  override readonly name = "StoreOpenError";
}

/** DuckDB tells the reason only in its message. */
export function explainOpenFailure(path: string, error: unknown): StoreOpenError {
  const text = error instanceof Error ? error.message : String(error);
  if (/conflicting lock|could not set lock/i.test(text)) {
    return new StoreOpenError(
      `${path} is in use by another process (an explorer that is already running?). ` +
        "Stop it, or choose another folder with --data.",
    );
  }
  return new StoreOpenError(`${path} could not be opened: ${text}`);
}
