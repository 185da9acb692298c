const PASSING: readonly number[] = [0, 408, 429, 502, 503, 504];

/** No answer (0), a limit, or a server that is not well: the same envelope may be taken later. */
export const mayArriveLater = (status: number): boolean => PASSING.includes(status);

/** The same envelope never is, but a part of it may be. */
export const isTooLarge = (status: number): boolean => status === 413;
