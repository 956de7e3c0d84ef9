/**
 * Text escaped for Terraform, which evaluates `${` and `%{` in its JSON.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function literalText(text: string): string {
  return text.replace(/[$%]\{/g, (start) => `${start[0]}${start}`);
}
