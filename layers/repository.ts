import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { RepositoryOptions } from "../environments/options/repository";
import { accessTo } from "../environments/plan/access";
import type { LiteralEnvironment } from "../environments/plan/literal-environment";
import { scanFrequencyOf } from "../environments/plan/registry-requests";
import { repositoryName } from "../environments/plan/repository-names";
import { EcrModule } from "../modules/ecr/ecr-module";
import { noLifecyclePolicy } from "../modules/ecr/lifecycle/lifecycle-policy";
import type { Encryption } from "../modules/ecr/repository/encryption";

/** What differs between a repository and its replicas. */
export interface RepositoryPlace {
  /** Region of the repository. */
  readonly region: string;
  /** Encrypts with a key of that Region. */
  readonly encryption: Encryption;
  /** Lifecycle policy as JSON, from the options of the repository; `undefined` if it has none. */
  readonly lifecyclePolicy: (options: RepositoryOptions) => string | undefined;
  /** Provider of that Region. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
}

/**
 * Create a repository of an environment with everything that its options say, in the Region of the environment or as a
 * replica in another one.
 *
 * @param shortName name in the environment file
 */
export function addRepository(
  scope: Construct,
  environment: LiteralEnvironment,
  shortName: string,
  { region, encryption, lifecyclePolicy, provider }: RepositoryPlace,
): EcrModule {
  const options = environment.ecr.repositories[shortName];
  if (options === undefined) throw new Error(`${environment.file} has no repository ${shortName}`);
  const { grants, roles } = accessTo(environment, shortName, options, region);
  const module = new EcrModule(scope, shortName, {
    name: repositoryName(environment, shortName),
    encryption,
    grants,
    imageTagMutability: options.imageTagMutability,
    imageTagMutabilityExclusionFilters: options.imageTagMutabilityExclusionFilters,
    scanOnPush: scanFrequencyOf(options) !== "MANUAL",
    lifecyclePolicy: lifecyclePolicy(options) ?? noLifecyclePolicy,
    tags: options.tags,
    ignoreTagChanges: options.ignoreTagChanges,
    forceDelete: options.forceDelete,
    preventDestroy: environment.deletionProtection,
    ...(provider !== undefined && { provider }),
  });
  for (const { roleArn, access } of roles)
    if (access.access.includes("push")) module.grantPullPush({ roleArn });
    else module.grantPull({ roleArn });
  return module;
}
