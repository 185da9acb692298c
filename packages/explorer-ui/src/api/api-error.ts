/** An answer of the API that says what is wrong, or no answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    message: string,
    /** `unreachable` without an answer, otherwise the code of the API, such as `usage` or `not_found`. */
    readonly code: string,
    /** The place in a filter that was not understood, counted from 0. */
    readonly position?: number,
  ) {
    super(message);
  }
}
