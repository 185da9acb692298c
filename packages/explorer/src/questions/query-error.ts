/** A question that cannot be answered, with what to ask instead. `usage`: ask differently; `not_found`: there is no such thing. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  readonly code: "usage" | "not_found";

  constructor(code: "usage" | "not_found", message: string) {
    super(message);
    this.code = code;
  }
}

export const usageError = (message: string): QueryError => new QueryError("usage", message);
export const notFound = (message: string): QueryError => new QueryError("not_found", message);
