/** An error in the text of a filter. */
export interface Fault {
  readonly text: string;
  readonly message: string;
  /** The place of the character, from 0. */
  readonly at: number | undefined;
}

/** Shows the error of a filter, and marks its character. */
export function FilterFault({ id, fault }: { id: string; fault: Fault }) {
  const { text, message, at } = fault;
  return (
    <div id={id} role="alert" class="fault">
      {at !== undefined && (
        <p class="mono name">
          {text.slice(0, at)}
          <mark>{text.slice(at, at + 1) || "\u00a0"}</mark>
          {text.slice(at + 1)}
        </p>
      )}
      <p class="bad name">{message}</p>
    </div>
  );
}
