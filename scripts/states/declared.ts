import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The addresses of all resources that the Terraform JSON in a folder declares. */
export function declaredIn(directory: string): Set<string> {
  const { resource = {} }: { resource?: Record<string, object> } = JSON.parse(
    readFileSync(join(directory, "cdk.tf.json"), "utf8"),
  );
  return new Set(
    Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`)),
  );
}
