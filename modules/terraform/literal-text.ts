/**
 * A text as Terraform must have it to mean just this text: in its JSON, `${` and `%{` begin an expression.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function literalText(text: string): string {
  return text.replace(/[$%]\{/g, (start) => `${start[0]}${start}`);
}
