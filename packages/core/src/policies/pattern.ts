/** A pattern of a text in which `*` stands for any characters. */
export const patternOf = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[\\^$.+?()[\]{}|]/g, "\\$&").replace(/\*/g, "[^]*")}$`);
