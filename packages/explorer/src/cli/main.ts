#!/usr/bin/env node
import { CommanderError } from "commander";
import { ClientError } from "../client/client-error.js";
import { commandLine } from "./command-line.js";
import { EXIT_CODE, exitCodeOf, type ExitCode } from "./exit-code.js";
import { createOutput, endQuietlyOnClosedPipe } from "./output.js";
import { createProgram } from "./program.js";

async function main(): Promise<ExitCode> {
  endQuietlyOnClosedPipe();
  const output = createOutput();
  try {
    const words = process.argv.slice(2);
    const program = createProgram(output);
    // Without a command, no explorer is started and no folder is made.
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync(words, { from: "user" });
    return EXIT_CODE.ok;
  } catch (error) {
    // Commander has already written its own message.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? EXIT_CODE.ok : EXIT_CODE.usage;
    output.remark(messageOf(error));
    return exitCodeOf(error);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isUnreachable = error instanceof ClientError && error.code === "unreachable";
  return isUnreachable
    ? `${error.message}. Start one with: ${commandLine()} explorer`
    : error.message;
}

/** Ends the process even when a disk or a server that does not answer would keep it alive. */
function end(code: ExitCode): void {
  process.exitCode = code;
  const timer = setTimeout(() => {
    const isWritten = process.stdout.writableLength === 0 && process.stderr.writableLength === 0;
    if (isWritten) process.exit();
    else timer.refresh();
  }, 1_000).unref();
}

void main().then(end);
