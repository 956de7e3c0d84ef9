/** A value in a text that Terraform knows only when it deploys, as CDKTF writes it. */
const token = /\$\{TfToken\[[^\]]*\]\}/g;

/** Whether a text contains a value that is unknown until deploy. */
export const isUnknown = (text: string): boolean => text.includes("${TfToken[");

/** Length of a text in characters, without the values in it that are unknown until deploy. */
export const knownLength = (text: string): number => text.replace(token, "").length;
