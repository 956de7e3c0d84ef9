import { namePrefix, repositoryName } from "../../naming";
import type { Environment } from "../../plan/environment";
import type { RegistryPlan } from "../../plan/registry-plan";
import type { Problem } from "../../schema/problem";
import { repeated } from "./repeated";

/** Environments with the same name as an earlier one. */
export function repeatedNames(environments: readonly Environment[]): Problem[] {
  return repeated(environments, ({ name }) => name, sameName);
}

function sameName({ file, name }: Environment, earlier: Environment): Problem {
  return {
    file,
    path: ["name"],
    found: name,
    advice: `${earlier.file} has the same name, which identifies stacks and their state; rename one`,
  };
}

/**
 * Names of IAM roles and policies are unique across all Regions of an account. {@link sharedNames} compares
 * environments that share a registry.
 */
export function nestedPrefixes(environments: readonly Environment[]): Problem[] {
  return environments.flatMap((environment): Problem[] => {
    const prefix = `${namePrefix(environment)}-`;
    const outer = environments.find(
      (other) =>
        other !== environment &&
        other.accountId === environment.accountId &&
        other.region !== environment.region &&
        prefix.startsWith(`${namePrefix(other)}-`),
    );
    if (outer === undefined) return [];
    return [
      {
        file: environment.file,
        path: ["name"],
        found: environment.name,
        advice: `its role names start with "${namePrefix(outer)}-" like those of ${outer.file} in the same account, where role names are shared across all Regions; rename one`,
      },
    ];
  });
}

/** Conflicts within one registry: two repositories with the same name, or one name prefix that contains another. */
export function sharedNames({ environments }: RegistryPlan): Problem[] {
  const owners = new Map<string, Environment>();
  return environments.flatMap((environment) => {
    const prefix = `${namePrefix(environment)}-`;
    const outer = environments.find(
      (other) => other !== environment && prefix.startsWith(`${namePrefix(other)}-`),
    );
    const problems: Problem[] = outer
      ? [
          {
            file: environment.file,
            path: ["name"],
            found: environment.name,
            advice: `its repository names start with "${namePrefix(outer)}-" like those of ${outer.file} in the same registry, so filters cannot distinguish them; rename one`,
          },
        ]
      : [];
    for (const shortName of Object.keys(environment.ecr.repositories)) {
      const name = repositoryName(environment, shortName);
      const owner = owners.get(name);
      if (owner)
        problems.push({
          file: environment.file,
          path: ["ecr", "repositories", shortName],
          found: name,
          advice: `${owner.file} has a repository with this name in the same account and Region; rename one`,
        });
      owners.set(name, environment);
    }
    return problems;
  });
}
