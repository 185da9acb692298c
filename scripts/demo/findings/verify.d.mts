import type { Findings } from "./findings.mjs";

export function verify(findings: Findings, driven: { checkouts: number }): string[];
