/** Header of every response of an explorer, with its version. The command line recognizes an explorer by it. */
export const EXPLORER_HEADER = "x-spanmeter-explorer";
