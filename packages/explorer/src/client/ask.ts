/** Answers a path of the JSON API, whoever does it. */
export type Ask = (path: string) => Promise<Response>;
