import type { Workspace } from "./workspace";

/** What the environments of tests have in common, and a file may say otherwise. */
const shared = {
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "local" },
};

/**
 * Make these the only environments of a copy of the project.
 *
 * @param environments options by the environment's name, without what all have in common
 */
export function writeEnvironments(
  workspace: Workspace,
  environments: Readonly<Record<string, { readonly project: string } & Readonly<Record<string, unknown>>>>,
): void {
  const definitions = Object.entries(environments).map(
    ([name, options]) =>
      `  "environments/${name}.ts": defineEnvironment(${JSON.stringify({ name, ...shared, ...options })}),\n`,
  );
  workspace.removeShippedEnvironments();
  workspace.write(
    "environments/all.ts",
    `import { defineEnvironment } from "./environment";\n\nexport const definitions = {\n${definitions.join("")}};\n`,
  );
}
