/**
 * Why there is no option for managed signing, as "rule; remedy", for the names that such an option could have; `undefined`
 * for other names. See "No option for managed signing yet" in docs/explanation/decisions/0025-no-option-for-managed-signing-yet.md.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/47527 open
 */
export function signingAdvice(option: string): string | undefined {
  if (!/^sign$|sign_?(?:ing|images?|er)|signatures?/i.test(option)) return undefined;
  return `no released AWS provider can set ECR's signing configuration, so there is no option for it; remove it, and see "No option for managed signing yet" in docs/explanation/decisions/0025-no-option-for-managed-signing-yet.md`;
}
