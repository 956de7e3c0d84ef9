/** The word that stands for a hidden value. Equal values have equal words, so that rules see what changes. */
const word = /^\((sensitive value|hidden) \d+\)$/;

/** Whether a value is a hidden one. */
export const isHidden = (value: unknown): boolean => typeof value === "string" && word.test(value);

/** A hidden value as Terraform writes it; `undefined` if a value is not hidden as a whole. */
export const hiddenText = (value: unknown): string | undefined => {
  const [, kind] = (typeof value === "string" && word.exec(value)) || [];
  return kind === "sensitive value" ? `(${kind})` : kind === undefined ? undefined : String(value);
};
