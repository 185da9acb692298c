/** The widths of the columns. */
export const columnsOf = (keys: readonly string[]): Record<string, string> => ({
  gridTemplateColumns: `9em 8em 7em repeat(${keys.length}, minmax(6em, 1fr)) 6em 6em 6em`,
});
