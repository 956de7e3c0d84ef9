import { type IncludedRequests, includedRequests } from "../../plan/included-requests";
import { decidingOwner, ownerAccordingTo, ownsAnyRegistry, ownsRegistry } from "../../plan/registry-owner";
import { type RegistryPlan, usersOf } from "../../plan/registry-plan";
import { type OwnNames, ownNames, requestedNames } from "../../plan/repository-names";
import type { Problem } from "../../schema/problem";

/** Environments of one registry that disagree on its owner, and requests of other projects that collide with others. */
export function sharedRegistryProblems(plan: RegistryPlan): Problem[] {
  return [...disagreements(plan), ...withoutUse(plan), ...collisions(plan)];
}

/** Requests for a registry that this project does not own, although the environment that includes them owns another. */
function withoutUse(plan: RegistryPlan): Problem[] {
  if (ownsRegistry(plan)) return [];
  const [first] = decidingOwner(plan);
  return includedRequests(plan)
    .filter(({ environment }) => ownsAnyRegistry(environment))
    .map(({ environment: { file }, index, requests }) => ({
      file,
      path: ["ecr", "registryRequests", index],
      found: `${requests.project} ${requests.environment}`,
      advice: `only the owner of a registry includes requests, and that of ${plan.accountId} in ${plan.region} is another project (${first?.file}); remove them`,
    }));
}

function disagreements(plan: RegistryPlan): Problem[] {
  const { accountId, region } = plan;
  const [first, ...others] = decidingOwner(plan);
  if (first === undefined) return [];
  const owner = ownerAccordingTo(first, region);
  const explicit = plan.replicating.filter(({ ecr }) => ecr.replicaRegistryOwners[region] !== undefined);
  return [...new Set([...others, ...explicit])].flatMap((environment): Problem[] => {
    const found = ownerAccordingTo(environment, region);
    if (found === owner) return [];
    return [
      {
        file: environment.file,
        path: [
          "ecr",
          ...(explicit.includes(environment) ? ["replicaRegistryOwners", region] : ["registryOwner"]),
        ],
        found,
        advice: `${first.file} also uses the registry of ${accountId} in ${region}, and has "${owner}" as its owner; use the same owner in both`,
      },
    ];
  });
}

/** An environment whose repositories are in the registry: of this project, or one whose requests a file includes. */
interface User {
  readonly project: string;
  readonly name: string;
  readonly names: OwnNames;
  readonly file: string;
  /** Where the file includes it; `undefined` for an environment of this project. */
  readonly path: readonly PropertyKey[] | undefined;
}

/** Equal names, and names that start alike, which filters cannot distinguish. `sharedNames` compares this project's own. */
function collisions(plan: RegistryPlan): Problem[] {
  const own = usersOf(plan).map((environment): User => {
    const { file, project, name } = environment;
    return { file, project, name, names: ownNames(environment), path: undefined };
  });
  const included = includedRequests(plan).map(userOf);
  return included.flatMap((user, index): Problem[] => {
    const { file, path = [], project, name } = user;
    const others = [...own, ...included.slice(0, index)];
    const other = others.find((one) => startsAlike(one, user)) ?? others.find((one) => sameIn(one, user));
    if (other === undefined) return [];
    const isSame = other.project === project && other.name === name;
    const [same] = isSame || startsAlike(other, user) ? [] : [sameIn(other, user)];
    const what = other.path === undefined ? "this environment" : "its requests";
    return [
      {
        file,
        path,
        found: `${project} ${name}`,
        advice: isSame
          ? `${other.file} already has ${what} in the same registry; remove one`
          : same !== undefined
            ? `${other.project} ${other.name} (${other.file}) has the name "${same}" in the same registry, or names that start like it; rename one repository`
            : `its repository names start like those of ${other.project} ${other.name} (${other.file}) in the same registry, so filters cannot distinguish them; rename one environment or project`,
      },
    ];
  });
}

function userOf({ environment: { file }, index, requests }: IncludedRequests): User {
  const { project, environment: name } = requests;
  const names = requestedNames(requests);
  return { file, project, name, names, path: ["ecr", "registryRequests", index] };
}

/** Whether names of one start like those of the other. */
function startsAlike({ names: one }: User, { names: other }: User): boolean {
  return one.starts.some((a) => other.starts.some((b) => a.startsWith(b) || b.startsWith(a)));
}

/** A name of one that the other has too, or that starts like the other's; `undefined` if there is none. */
function sameIn({ names: one }: User, { names: other }: User): string | undefined {
  const taken = new Set(one.names);
  return (
    other.names.find((name) => taken.has(name) || one.starts.some((start) => name.startsWith(start))) ??
    one.names.find((name) => other.starts.some((start) => name.startsWith(start)))
  );
}
