import { namePrefix } from "../../naming";
import type { Environment } from "../../plan/environment";
import { nameStart } from "../../plan/repository-names";
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
 * Names of IAM roles and policies are unique across all Regions of an account. `sharedNames` reports environments of one
 * registry whose repository names start alike too.
 */
export function nestedPrefixes(environments: readonly Environment[]): Problem[] {
  return environments.flatMap((environment): Problem[] => {
    const prefix = `${namePrefix(environment)}-`;
    const outer = environments.find(
      (other) =>
        other !== environment &&
        other.accountId === environment.accountId &&
        prefix.startsWith(`${namePrefix(other)}-`) &&
        !(other.region === environment.region && startsLike(environment, other)),
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

const startsLike = (one: Environment, other: Environment): boolean => {
  const [start, outer] = [nameStart(one), nameStart(other)];
  return start !== undefined && outer !== undefined && start.startsWith(outer);
};
