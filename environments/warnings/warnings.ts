import { lifecycleWarnings, type RepositoryUse } from "../../modules/ecr/lifecycle/lifecycle-warnings";
import { consumersOf } from "../plan/consumers";
import type { Environment } from "../plan/environment";
import { composedPolicyOf, policyTextOf } from "../plan/lifecycle";
import { type RegistryPlan, registryPlans } from "../plan/registry-plan";
import { requestsIn } from "../plan/registry-requests";
import { renderPath } from "../schema/problem";
import { consumerWarnings } from "./consumers";
import { ecsWarnings } from "./ecs";
import { eksWarnings } from "./eks";
import { imageGateWarnings } from "./image-gate";
import { limitWarnings } from "./limits";
import { imagesOfOthersMayGo } from "./other-registries";
import { statementWarnings } from "./policy-statements";
import { providerWarnings } from "./provider";
import { publicRepositoryWarnings } from "./public-repositories";
import { replicasNotCreated, replicationPolicyElsewhere, replicaWarnings } from "./replicas";
import { rootCacheWarnings } from "./root-cache";
import type { Located, Warning } from "./warning";
import { wideFilterWarnings } from "./wide-filters";

/**
 * Warnings that synth prints, one line each, without those that `acceptedWarnings` accepts.
 *
 * @param providerVersion version of the AWS provider. @default - no warnings about it
 * @param today day on which Kubernetes versions are looked at. @default - today
 */
export function warningsOf(
  environments: readonly Environment[],
  providerVersion?: string,
  today = new Date(),
): string[] {
  const plans = registryPlans(environments);
  const shared = [
    ...unavailableManualScans(plans),
    ...replicasNotCreated(plans, environments),
    ...wideFilterWarnings(plans),
  ];
  return environments.flatMap((environment) => {
    const warnings = [
      ...repositoryWarnings(environment),
      ...consumerWarnings(environment),
      ...imagesOfOthersMayGo(environment, environments),
      ...ecsWarnings(environment),
      ...eksWarnings(environment, today),
      ...organizationsWithoutLambda(environment),
      ...statementWarnings(environment),
      ...replicaWarnings(environment),
      ...replicationPolicyElsewhere(environment, plans),
      ...imageGateWarnings(environment),
      ...limitWarnings(environment),
      ...publicRepositoryWarnings(environment),
      ...rootCacheWarnings(environment),
      ...(providerVersion === undefined ? [] : providerWarnings(environment, providerVersion)),
      ...shared.filter(({ file }) => file === environment.file),
    ];
    const line = (path: readonly PropertyKey[], text: string) =>
      `${environment.file}: ${renderPath(path)}: ${text}`;
    const accepts = (accepted: Environment["acceptedWarnings"][number], { warning, repository }: Warning) =>
      accepted.warning === warning &&
      (accepted.repository === undefined || accepted.repository === repository);
    return [
      ...warnings
        .filter((warning) => !environment.acceptedWarnings.some((accepted) => accepts(accepted, warning)))
        .map(({ path, text, warning }) => line(path, `${text} [${warning}]`)),
      ...environment.acceptedWarnings.flatMap((accepted, index) =>
        warnings.some((warning) => accepts(accepted, warning))
          ? []
          : [line(["acceptedWarnings", index], "This warning no longer occurs; remove the entry.")],
      ),
    ];
  });
}

function repositoryWarnings(environment: Environment): Warning[] {
  const { ecr } = environment;
  const functions = consumersOf(environment).filter(({ kind }) => kind === "lambda");
  const runByFunctions = new Set(functions.map(({ options }) => options.image.repository));
  const warningsAt = (
    at: readonly [string, string, string],
    options: Parameters<typeof composedPolicyOf>[0],
    use: RepositoryUse,
  ): Warning[] => {
    const { policy, origins } = composedPolicyOf(options);
    if (policyTextOf(options) === undefined)
      return [
        {
          warning: "no-lifecycle-policy",
          repository: at[2],
          path: [...at, "lifecyclePolicy"],
          text: "There is no lifecycle policy: every image is kept, and paid for, until someone deletes it.",
        },
      ];
    return lifecycleWarnings(policy, use).map(({ warning, rule, text }) => ({
      warning,
      repository: at[2],
      path: [...at, ...(origins[rule] ?? [])],
      text,
    }));
  };
  return [
    ...Object.entries(ecr.repositories).flatMap(([name, options]) => {
      const { multiArchitecture, enableLambdaPull } = options;
      // For images that functions in this file run, `consumerWarnings` reports the warning with the function.
      const lambda = enableLambdaPull && !runByFunctions.has(name);
      return warningsAt(["ecr", "repositories", name], options, { multiArchitecture, lambda });
    }),
    // Public images are usually multi-architecture, and functions cannot run images from a cache.
    ...Object.entries(ecr.pullThroughCache).flatMap(([name, options]) =>
      warningsAt(["ecr", "pullThroughCache", name], options, { multiArchitecture: true, lambda: false }),
    ),
    ...Object.entries(ecr.creationTemplates).flatMap(([prefix, options]) =>
      warningsAt(["ecr", "creationTemplates", prefix], options, { multiArchitecture: false, lambda: false }),
    ),
  ];
}

/**
 * The Lambda service pulls images itself, also long after a function is created, and is not part of an organization, so
 * a condition on the organization does not match it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function organizationsWithoutLambda({ ecr }: Environment): Warning[] {
  return Object.entries(ecr.repositories).flatMap(([repository, options]): Warning[] => {
    const shared = (["allowedOrganizationIds", "allowedOrganizationPaths"] as const).find(
      (option) => options[option].length > 0,
    );
    if (shared === undefined || !options.enableLambdaPull || options.allowedAccountIds.length > 0) return [];
    return [
      {
        warning: "organization-without-lambda",
        repository,
        path: ["ecr", "repositories", repository, shared],
        text: "An organization contains IAM principals, not the Lambda service: Lambda may pull only for functions in this account. Add the accounts whose functions run these images to allowedAccountIds.",
      },
    ];
  });
}

/**
 * With enhanced scanning, a repository that no filter matches is not scanned: manual scans are unavailable.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced.html
 */
function unavailableManualScans(plans: readonly RegistryPlan[]): Located[] {
  const all = plans.flatMap(unavailableManualScansIn);
  // A repository and its replicas have one option.
  return [
    ...new Map(all.toReversed().map((one) => [JSON.stringify([one.file, one.path]), one])).values(),
  ].toReversed();
}

function unavailableManualScansIn(plan: RegistryPlan): Located[] {
  const requests = requestsIn(plan);
  const enhanced = requests.find(({ scanType }) => scanType === "ENHANCED");
  if (enhanced === undefined) return [];
  return (
    requests
      // What other projects request is a warning of theirs.
      .filter(({ scanFrequency, source, file }) => scanFrequency === "MANUAL" && source === file)
      .map(({ file, path }) => ({
        warning: "manual-scans-unavailable",
        file,
        repository: String(path.at(-1)),
        path: [...path, "scanOnPush"],
        text: `The registry uses enhanced scanning (requested by ${enhanced.name}), which does not support manual scans: images in this repository cannot be scanned.`,
      }))
  );
}
