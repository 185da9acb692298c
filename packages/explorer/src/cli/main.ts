#!/usr/bin/env node
import { CommanderError } from "commander";
import { CliError, EXIT, type ExitCode } from "./exit.js";
import { createOutput, endQuietlyOnClosedPipe } from "./output.js";
import { createProgram } from "./program.js";

async function main(): Promise<ExitCode> {
  endQuietlyOnClosedPipe();
  const output = createOutput();
  try {
    const given = process.argv.slice(2);
    // `npx @spanmeter/explorer` alone starts it.
    const words = given.length > 0 ? given : ["explorer"];
    await createProgram(output).parseAsync(words, { from: "user" });
    return EXIT.ok;
  } catch (error) {
    // Commander has already written its own message.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    output.remark(error instanceof Error ? error.message : String(error));
    return error instanceof CliError ? error.exitCode : EXIT.failure;
  }
}

void main().then((code) => (process.exitCode = code));
