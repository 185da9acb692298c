export const EXPECTED: Readonly<Record<string, string | undefined>>;
