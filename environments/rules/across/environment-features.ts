import { partitionOf } from "../../../modules/iam/aws-partition";
import type { EcsServiceOptions } from "../../options/ecs";
import type { Environment } from "../../plan/environment";
import { since } from "../../plan/provider-version";

/** Where an environment uses something: path in its file, and value. */
export interface Use {
  readonly path: readonly PropertyKey[];
  readonly found: unknown;
}

/** Something that an environment can use and that the AWS provider has since a certain version. */
export interface EnvironmentFeature {
  /** First version with it. */
  readonly since: string;
  uses(environment: Environment): readonly Use[];
  readonly what: string;
  /** What to do with an older version; empty if nothing but a newer version helps. */
  readonly instead: string;
}

type Strategy = NonNullable<NonNullable<EcsServiceOptions["deployment"]>["strategy"]>;

/** Services whose deployment has one of the strategies. */
const strategies =
  (wanted: readonly Strategy[]) =>
  ({ ecs }: Environment): Use[] =>
    Object.entries(ecs?.services ?? {}).flatMap(([name, { deployment }]) =>
      deployment?.strategy !== undefined && wanted.includes(deployment.strategy)
        ? [{ path: ["ecs", "services", name, "deployment", "strategy"], found: deployment.strategy }]
        : [],
    );

/** Features of a whole environment or registry. Those of a repository or cache are in provider-version.ts. */
export const environmentFeatures: readonly EnvironmentFeature[] = [
  {
    since: since.sovereignCloud,
    uses: ({ region: found }) => (partitionOf(found) === "aws-eusc" ? [{ path: ["region"], found }] : []),
    what: "Regions of the European Sovereign Cloud, whose ARNs older versions reject, require",
    instead: "",
  },
  {
    since: since.deploymentStrategy,
    uses: strategies(["rolling", "blueGreen"]),
    what: "deployment strategies of ECS services require",
    instead: "remove strategy",
  },
  {
    since: since.gradualShift,
    uses: strategies(["linear", "canary"]),
    what: "the deployment strategies linear and canary require",
    instead: "remove strategy",
  },
  {
    since: since.createOnPush,
    uses: ({ ecr }) =>
      Object.entries(ecr.creationTemplates).flatMap(([prefix, { appliedFor }]) =>
        appliedFor.flatMap((found, index) =>
          found === "CREATE_ON_PUSH"
            ? [{ path: ["ecr", "creationTemplates", prefix, "appliedFor", index], found }]
            : [],
        ),
      ),
    what: "repository creation templates for CREATE_ON_PUSH require",
    instead: "create the repositories in ecr.repositories",
  },
  {
    since: since.pullTimeExclusions,
    uses: ({ ecr: { pullTimeExclusions: found } }) =>
      found.length > 0 ? [{ path: ["ecr", "pullTimeExclusions"], found }] : [],
    what: "pull-time update exclusions require",
    instead: "remove this option",
  },
  {
    since: since.blobMounting,
    uses: ({ ecr: { accountSettings } }) =>
      accountSettings.blobMounting === undefined
        ? []
        : [{ path: ["ecr", "accountSettings", "blobMounting"], found: accountSettings.blobMounting }],
    what: "the account setting BLOB_MOUNTING requires",
    instead: "remove this option",
  },
];
