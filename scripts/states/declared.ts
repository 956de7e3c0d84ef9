import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the Terraform JSON of a stack says about its resources, as far as it is read here. */
export interface DeclaredStack {
  readonly resource?: Readonly<Record<string, object>>;
  readonly moved?: readonly MovedBlock[];
}

/**
 * A `moved` block: Terraform takes the resource from the old address, and neither destroys nor creates anything.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/moved
 */
export interface MovedBlock {
  readonly from: string;
  readonly to: string;
}

/** The addresses of all resources that the Terraform JSON in a folder declares. */
export function declaredIn(directory: string): Set<string> {
  return new Set(addressesOf(stackIn(directory)));
}

/** The Terraform JSON in a folder. */
export function stackIn(directory: string): DeclaredStack {
  return JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
}

/** The addresses of all resources of a stack, e.g. `aws_ecr_repository.web-app`. */
export function addressesOf({ resource = {} }: DeclaredStack): string[] {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
}
