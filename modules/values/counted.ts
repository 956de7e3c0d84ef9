/** A number with its noun or verb, e.g. `1 image`, `2 images`. @param several @default - `one` with an s */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;
