import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** The exit of a process and its output. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Waits for a process to end and reads its piped output.
 *
 * @throws when the process could not be started.
 */
export async function readToEnd(child: ChildProcess): Promise<ProcessEnd> {
  const [end, stdout, stderr] = await Promise.all([
    once(child, "close"),
    text(child.stdout as Readable),
    text(child.stderr as Readable),
  ]);
  const [code, signal] = end as [number | null, string | null];
  return { code, signal, stdout, stderr };
}
