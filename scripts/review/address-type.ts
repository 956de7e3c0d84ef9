/**
 * The type of a resource in a Terraform address, also in modules and with an index, e.g. `aws_kms_key` in
 * `module.a["b.c"].aws_kms_key.images[0]`.
 *
 * @see https://developer.hashicorp.com/terraform/cli/state/resource-addressing
 */
export function typeOf(address: string): string {
  const parts = address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "").split(".");
  return parts.at(-2) ?? "";
}
