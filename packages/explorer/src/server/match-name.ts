/** Creates a function that returns whether a name matches a pattern, in which `*` stands for any text. */
export function matchName(pattern: string): (name: string) => boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`, "s");
  return (name) => expression.test(name);
}
