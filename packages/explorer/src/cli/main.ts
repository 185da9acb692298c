#!/usr/bin/env node
import { CommanderError } from "commander";
import { CliError, EXIT, type ExitCode } from "./exit-code.js";
import { createOutput, endQuietlyOnClosedPipe } from "./output.js";
import { createProgram } from "./program.js";

async function main(): Promise<ExitCode> {
  endQuietlyOnClosedPipe();
  const output = createOutput();
  try {
    const words = process.argv.slice(2);
    const program = createProgram(output);
    // Without a command nothing is started and no folder is made.
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync(words, { from: "user" });
    return EXIT.ok;
  } catch (error) {
    // Commander has already written its own message.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    output.remark(error instanceof Error ? error.message : String(error));
    return error instanceof CliError ? error.exitCode : EXIT.failure;
  }
}

/** What a command leaves behind (a disk or a peer without an answer) must not keep its process alive. */
function end(code: ExitCode): void {
  process.exitCode = code;
  const timer = setTimeout(() => {
    const isWritten = process.stdout.writableLength === 0 && process.stderr.writableLength === 0;
    if (isWritten) process.exit();
    else timer.refresh();
  }, 1_000).unref();
}

void main().then(end);
