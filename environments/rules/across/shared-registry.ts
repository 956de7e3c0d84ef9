import { type EnvironmentId, namePrefix } from "../../naming";
import type { Environment } from "../../plan/environment";
import type { RegistryPlan } from "../../plan/registry";
import type { Problem } from "../../schema/problem";

/** Environments of one registry that disagree on its owner, and requests of other projects that collide with others. */
export function sharedRegistryProblems(plan: RegistryPlan): Problem[] {
  return [...disagreements(plan), ...collisions(plan)];
}

function disagreements({ environments: [first, ...others] }: RegistryPlan): Problem[] {
  return others.flatMap(({ file, ecr: { registryOwner: found } }): Problem[] =>
    first === undefined || found === first.ecr.registryOwner
      ? []
      : [
          {
            file,
            path: ["ecr", "registryOwner"],
            found,
            advice: `${first.file} has the same account and Region, and "${first.ecr.registryOwner}" as the owner of the registry; use the same owner in both`,
          },
        ],
  );
}

/** An environment whose repositories are in the registry: of this project, or one whose requests a file includes. */
interface User extends EnvironmentId {
  readonly file: string;
  /** Where the file includes it; `undefined` for an environment of this project. */
  readonly path: readonly PropertyKey[] | undefined;
}

/** Names of repositories that start alike, which filters cannot distinguish. `sharedNames` compares this project's own. */
function collisions({ environments }: RegistryPlan): Problem[] {
  const own = environments.map(({ file, project, name }): User => ({ file, project, name, path: undefined }));
  const included = environments.flatMap(requestsIn);
  return included.flatMap((user, index): Problem[] => {
    const { file, path = [], project, name } = user;
    const other = [...own, ...included.slice(0, index)].find((one) => isNested(one, user));
    if (other === undefined) return [];
    const isSame = other.project === project && other.name === name;
    const what = other.path === undefined ? "this environment" : "its requests";
    return [
      {
        file,
        path,
        found: `${project} ${name}`,
        advice: isSame
          ? `${other.file} already has ${what} in the same registry; remove one`
          : `its repository names start like those of ${other.project} ${other.name} (${other.file}) in the same registry, so filters cannot distinguish them; rename one environment or project`,
      },
    ];
  });
}

function requestsIn({ file, ecr }: Environment): User[] {
  return ecr.registryRequests.map(({ project, environment: name }, index) => ({
    file,
    project,
    name,
    path: ["ecr", "registryRequests", index],
  }));
}

function isNested(one: EnvironmentId, other: EnvironmentId): boolean {
  const [a, b] = [`${namePrefix(one)}-`, `${namePrefix(other)}-`];
  return a.startsWith(b) || b.startsWith(a);
}
