// SDKs send up to a thousand entries in one envelope. A small compressed body can contain far more, and any page may send
// it. Reading it would block the explorer for minutes, so it is refused before it is read.

/** Most items of an envelope, entries of a list, and received items of an envelope. */
export const MAX_ENTRIES = 10_000;

/** Most JSON values in one payload. */
export const MAX_VALUES = 1_000_000;
