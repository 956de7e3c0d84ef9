import type { StateInstance } from "./terraform-state";

/**
 * The resources that leave the state of the old project, in the order in which they leave.
 *
 * @param names repositories that are adopted
 * @param regions their Region and those of their replicas
 */
export function leaving(
  instances: readonly StateInstance[],
  names: ReadonlySet<string>,
  types: readonly string[],
  regions: ReadonlySet<string>,
): StateInstance[] {
  return instances
    .filter(({ type }) => types.includes(type))
    .filter(({ attributes, type }) => {
      if (type === "aws_ecr_repository" && !regions.has(String(attributes["arn"]).split(":")[3] ?? ""))
        return false;
      const name = attributes["repository"] ?? attributes["name"];
      return (
        type.startsWith("aws_ecr_regis") ||
        type === "aws_ecr_replication_configuration" ||
        names.has(String(name))
      );
    })
    .toSorted((a, b) => types.indexOf(a.type) - types.indexOf(b.type));
}

/** A command for each resource, quoted for a POSIX shell. */
export const removeCommands = (resources: readonly StateInstance[]): string[] =>
  resources.map(({ address }) => `terraform state rm '${address.replaceAll("'", "'\\''")}'`);

/**
 * The same as blocks for the configuration of the old project, which Terraform 1.7 and later understand. A block takes all
 * instances of a resource, so it names no index, also not of a module.
 *
 * @returns HCL; addresses of which only some instances leave have no block
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function removedBlocks(resources: readonly StateInstance[], all: readonly StateInstance[]): string {
  const withoutKeys = (address: string) => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
  const gone = new Set(resources.map(({ address }) => address));
  const whole = new Set(resources.map(({ address }) => withoutKeys(address)));
  for (const { address } of all) if (!gone.has(address)) whole.delete(withoutKeys(address));
  return [...whole]
    .map((from) => `removed {\n  from = ${from}\n\n  lifecycle {\n    destroy = false\n  }\n}\n`)
    .join("\n");
}
