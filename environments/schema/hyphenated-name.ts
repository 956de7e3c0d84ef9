/** Lowercase letters and digits, with single hyphens between them, the first of them a letter. */
export const hyphenatedName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
