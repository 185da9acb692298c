/** The error of a store that cannot be opened. Its message says why, and what to do. */
export class StoreOpenError extends Error {
  override readonly name = "StoreOpenError";
}

/** The error of a store that can no longer write. Pending items are lost, and further items are refused. */
export class StoreWriteError extends Error {
  override readonly name = "StoreWriteError";
}
