import type { Environment } from "../../environment";
import { namePrefix, repositoryName } from "../../naming";
import { identityProviders } from "../../plan/ci-roles";
import { type RegistryPlan, registryPlans } from "../../plan/registry";
import type { Problem } from "../../schema/problem";
import { overlappingNetworks } from "./network-overlap";
import { cacheProblems } from "./pull-through-caches";
import { registryConflicts } from "./registry-conflicts";
import { unmanagedProblems } from "./unmanaged-repositories";

/**
 * Rules between environment files. Each problem is reported for the file that has to change.
 *
 * @param environments those that are right by themselves
 * @param names names of all, also of those that are not
 */
export function acrossEnvironments(
  environments: readonly Environment[],
  names: readonly string[],
): Problem[] {
  const sameNames = repeated(environments, ({ name }) => name, sameName);
  if (sameNames.length > 0) return sameNames;
  const creating = environments.filter(({ state }) => state.backend === "s3" && state.createBucket);
  return [
    ...sharedBuckets(environments),
    ...sharedProviders(environments),
    ...nestedPrefixes(environments),
    ...overlappingNetworks(environments, names),
    ...repeated(creating, ({ state }) => (state.backend === "s3" ? state.bucket : ""), sameBucket),
    ...registryPlans(environments).flatMap((plan) => [
      ...sharedState(plan),
      ...sharedNames(plan),
      ...unmanagedProblems(plan),
      ...registryConflicts(plan),
      ...cacheProblems(plan),
    ]),
  ];
}

/** A problem for each environment whose key an earlier one has. */
function repeated(
  environments: readonly Environment[],
  keyOf: (environment: Environment) => string,
  problem: (environment: Environment, earlier: Environment) => Problem,
): Problem[] {
  return environments.flatMap((environment, index) => {
    const earlier = environments.slice(0, index).find((other) => keyOf(other) === keyOf(environment));
    return earlier ? [problem(environment, earlier)] : [];
  });
}

function sameName({ file, name }: Environment, earlier: Environment): Problem {
  return {
    file,
    path: ["name"],
    found: name,
    advice: `${earlier.file} has this name, and stacks and their states are named after it; rename one`,
  };
}

function sameBucket({ file, state }: Environment, earlier: Environment): Problem {
  return {
    file,
    path: ["state", "createBucket"],
    found: true,
    advice: `${earlier.file} creates the bucket ${state.backend === "s3" ? state.bucket : ""} too; write createBucket: false here or name another bucket`,
  };
}

/** A bucket is in one Region, whoever names it. Environments of one registry are compared by {@link sharedState}. */
function sharedBuckets(environments: readonly Environment[]): Problem[] {
  return environments.flatMap(({ file, accountId, region, state }, index): Problem[] => {
    if (state.backend !== "s3") return [];
    const other = environments
      .slice(0, index)
      .find((earlier) => earlier.state.backend === "s3" && earlier.state.bucket === state.bucket);
    const sameRegistry = other?.accountId === accountId && other.region === region;
    if (other?.state.backend !== "s3" || sameRegistry || other.state.region === state.region) return [];
    return [
      {
        file,
        path: ["state", "region"],
        found: state.region,
        advice: `${other.file} says that the bucket ${state.bucket} is in ${other.state.region}; write the Region where it is in both`,
      },
    ];
  });
}

/** An account has one identity provider for each URL, so one environment makes it and the others use it. */
function sharedProviders(environments: readonly Environment[]): Problem[] {
  const makers = new Map<string, Environment>();
  return environments.flatMap((environment) =>
    identityProviders(environment).flatMap(({ kind, url, create }): Problem[] => {
      const place = `${environment.accountId} ${url}`;
      const maker = makers.get(place);
      if (create && maker === undefined) makers.set(place, environment);
      if (!create || maker === undefined) return [];
      return [
        {
          file: environment.file,
          path: ["security", "ci", kind, "provider"],
          found: "create",
          advice: `${maker.file} makes the identity provider for ${url} in the same account, which can have one; write provider: "existing" here`,
        },
      ];
    }),
  );
}

/**
 * Roles and policies have one set of names in all Regions of an account. Environments of one registry are compared by
 * {@link sharedNames}.
 */
function nestedPrefixes(environments: readonly Environment[]): Problem[] {
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

/** The registry stack has one state, so the environments of a registry must agree where it is. */
function sharedState({ environments }: RegistryPlan): Problem[] {
  const [first, ...others] = environments;
  const place = ({ state }: Environment) =>
    state.backend === "s3"
      ? `s3://${state.bucket}/${state.keyPrefix} (${state.region}, ${state.kmsKeyArn ?? "SSE-S3"})`
      : "local";
  return others.flatMap((other): Problem[] =>
    first === undefined || place(other) === place(first)
      ? []
      : [
          {
            file: other.file,
            path: ["state"],
            found: place(other),
            advice: `${first.file} has the same account and Region, and the state of their registry is in ${place(first)}; use the same state in both (createBucket: false in one)`,
          },
        ],
  );
}

/** Names and name prefixes of one registry: two repositories of one name, or one prefix inside another. */
function sharedNames({ environments }: RegistryPlan): Problem[] {
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
