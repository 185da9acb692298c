import type { comparePolicies } from "@spanmeter/testing/replay/compare-policies";

/** The figures of one row. */
export interface TableRow {
  readonly items: number;
  readonly wireBytes: number;
  readonly billedBytes: number;
  /** How many times less is billed than without a policy. */
  readonly saving: number;
  /** In percent. */
  readonly counterSums: number;
  readonly p95: number;
}

export function replayTable(result: Awaited<ReturnType<typeof comparePolicies>>): string;
export function readTable(text: string): Readonly<Record<string, TableRow>> | undefined;
