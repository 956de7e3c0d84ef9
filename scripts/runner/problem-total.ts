/** The last line after problems: how many there are, and that they stopped the command before it did anything. */
export const problemTotal = (count: number): string =>
  `${count} problem${count === 1 ? "" : "s"}; nothing was written.\n`;
