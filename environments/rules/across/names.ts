import { namePrefix, repositoryName } from "../../naming";
import type { Environment } from "../../plan/environment";
import type { RegistryPlan } from "../../plan/registry";
import type { Problem } from "../../schema/problem";
import { repeated } from "./repeated";

/** Environments that have the name of an earlier one. */
export function repeatedNames(environments: readonly Environment[]): Problem[] {
  return repeated(environments, ({ name }) => name, sameName);
}

function sameName({ file, name }: Environment, earlier: Environment): Problem {
  return {
    file,
    path: ["name"],
    found: name,
    advice: `${earlier.file} has this name, and stacks and their states are named after it; rename one`,
  };
}

/**
 * Roles and policies have one set of names in all Regions of an account. Environments of one registry are compared by
 * {@link sharedNames}.
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
        advice: `its roles begin with "${namePrefix(outer)}-" like those of ${outer.file} in the same account, whose names IAM keeps for all Regions together; rename one`,
      },
    ];
  });
}

/** Names and name prefixes of one registry: two repositories of one name, or one prefix inside another. */
export function sharedNames({ environments }: RegistryPlan): Problem[] {
  const owners = new Map<string, Environment>();
  return environments.flatMap((environment) => {
    const prefix = `${namePrefix(environment)}-`;
    const inside = environments.find(
      (other) => other !== environment && prefix.startsWith(`${namePrefix(other)}-`),
    );
    const problems: Problem[] = inside
      ? [
          {
            file: environment.file,
            path: ["name"],
            found: environment.name,
            advice: `its repositories begin with "${namePrefix(inside)}-" like those of ${inside.file} in the same registry, so filters cannot tell them apart; rename one`,
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
          advice: `${owner.file} has a repository of this name in the same account and Region; rename one`,
        });
      owners.set(name, environment);
    }
    return problems;
  });
}
