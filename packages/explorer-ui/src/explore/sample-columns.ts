/** The widths of the columns. */
export const columnsOf = (keys: readonly string[]): Record<string, string> => ({
  gridTemplateColumns: `9em 8em 6em repeat(${keys.length}, minmax(6em, 1fr)) 5em 5em 5em`,
});
