/** An error about a question that has no answer. Its message says what to ask instead. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  /** `usage`: the question is not valid; `not_found`: what it asks for does not exist. */
  readonly code: "usage" | "not_found";
  /** The place of the fault in the text of an option, in UTF-16 units from 0; absent when the fault has none. */
  readonly at: number | undefined;

  /** Creates an error with its code, and a message that says what to ask instead. */
  constructor(code: "usage" | "not_found", message: string, at?: number) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

/** Creates the error for a question that is not valid. */
export const usageError = (message: string): QueryError => new QueryError("usage", message);

/** Creates the error for a question about something that does not exist. */
export const notFound = (message: string): QueryError => new QueryError("not_found", message);
