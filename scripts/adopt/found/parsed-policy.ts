/** The value of a JSON text. A text that is no JSON stays a text, and the schema says what is wrong. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
