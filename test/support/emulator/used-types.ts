import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { UsedTypes } from "./provider-schema";

const project = resolve(__dirname, "../../..");
const bindings = "@cdktf/provider-aws/lib";

/**
 * Every resource type and data source that the layers and modules can write into a stack: those whose binding some file
 * there imports. A type that is written without its binding, e.g. by an escape hatch, is not among them; Terraform then
 * fails with "The provider hashicorp/aws does not support resource type".
 */
export function usedTypes(): UsedTypes {
  const used = { resources: new Set<string>(), dataSources: new Set<string>() };
  for (const binding of importedBindings()) {
    const declarations = readFileSync(join(project, "node_modules", bindings, binding, "index.d.ts"), "utf8");
    const types = binding.startsWith("data-aws-") ? used.dataSources : used.resources;
    for (const [, type = ""] of declarations.matchAll(/static readonly tfResourceType = "(\w+)"/g))
      types.add(type);
  }
  // The binding of the provider itself declares its name in the same way.
  used.resources.delete("aws");
  return used;
}

/** Names of the bindings, e.g. `ecr-repository` or `data-aws-vpc`. */
function importedBindings(): Set<string> {
  const sources = ["layers", "modules"].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(project, folder, file), "utf8")),
  );
  const imports = new RegExp(`["']${bindings}/([\\w-]+)["'/]`, "g");
  return new Set(sources.flatMap((source) => [...source.matchAll(imports)].map(([, name = ""]) => name)));
}
