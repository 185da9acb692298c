// SDKs send up to a thousand things at once. A small body can say far more when it is compressed, any page may
// send it, and reading it would keep everybody else waiting for minutes: so it is refused before it is read.

/** Items of an envelope, entries of a list, and rows of all of it together. */
export const MAX_ENTRIES = 10_000;

/** JSON values in one payload. */
export const MAX_VALUES = 1_000_000;
