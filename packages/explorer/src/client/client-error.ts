/**
 * Why a client has no answer. `unreachable`: no explorer answers; `no_data_file`: the folder has no data file; `usage`: the
 * question is not valid; `not_found`: what it asks for does not exist; `failed`: everything else.
 */
export type ClientErrorCode = "failed" | "no_data_file" | "not_found" | "unreachable" | "usage";

/** An error of a client of the JSON API. Its message is for the person at the terminal. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  /** Why there is no answer. */
  readonly code: ClientErrorCode;

  /** Creates an error with its code and message. */
  constructor(code: ClientErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
