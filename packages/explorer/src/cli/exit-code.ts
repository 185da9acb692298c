import { ClientError, type ClientErrorCode } from "../client/client-error.js";

/** The exit codes, as `--help` lists them. */
export const EXIT_CODE = { ok: 0, failure: 1, usage: 2, unreachable: 3 } as const;

/** An exit code. */
export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];

/** An error that ends a command with an exit code, and with a message for the person at the terminal. */
export class CliError extends Error {
  override readonly name = "CliError";
  /** Exit code of the process. */
  readonly exitCode: ExitCode;

  /** Creates an error with its exit code and message. */
  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

const EXIT_CODES_OF_CLIENT: Readonly<Record<ClientErrorCode, ExitCode>> = {
  failed: EXIT_CODE.failure,
  no_data_file: EXIT_CODE.unreachable,
  not_found: EXIT_CODE.failure,
  unreachable: EXIT_CODE.unreachable,
  usage: EXIT_CODE.usage,
};

/** Returns the exit code of an error that a command has thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  if (!(error instanceof ClientError)) return EXIT_CODE.failure;
  return EXIT_CODES_OF_CLIENT[error.code];
}
