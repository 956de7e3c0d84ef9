import fc from "fast-check";
import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../environments/options/environment";
import { messageOf } from "../support/environments/load-message";
import { everyConsumer } from "../support/every-consumer";
import { only, type StackJson, synth } from "../support/synth";

/** Characters that AWS takes, by argument. The end that Terraform gives a `name_prefix` has 26. */
const limits: Readonly<Record<string, number>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  "aws_iam_role.name": 64,
  "aws_iam_role.description": 1000,
  "aws_iam_policy.name": 128,
  "aws_iam_role_policy.name": 128,
  "aws_iam_role_policy.name_prefix": 128 - 26,
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  "aws_lb.name": 32,
  "aws_lb_target_group.name_prefix": 32 - 26,
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
  "aws_security_group.name": 255,
  "aws_security_group.name_prefix": 255 - 26,
  "aws_security_group.description": 255,
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
  "aws_cloudwatch_event_rule.name": 64,
  "aws_cloudwatch_event_rule.description": 512,
  "aws_cloudwatch_log_group.name": 512,
  "aws_cloudwatch_log_metric_filter.name": 512,
  "aws_cloudwatch_dashboard.dashboard_name": 255,
  "aws_lambda_function.function_name": 64,
  "aws_sqs_queue.name": 80,
  "aws_sns_topic.name": 256,
  "aws_secretsmanager_secret.name": 512,
  "aws_secretsmanager_secret.description": 2048,
  "aws_kms_alias.name": 256,
  "aws_kms_key.description": 8192,
  "aws_ecr_repository.name": 256,
  "aws_ecs_cluster.name": 255,
  "aws_ecs_service.name": 255,
  "aws_ecs_task_definition.family": 255,
  "aws_appautoscaling_policy.name": 256,
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
  "aws_eks_cluster.name": 100,
  "aws_eks_fargate_profile.fargate_profile_name": 100,
  "aws_eks_node_group.node_group_name": 63,
  "aws_launch_template.name": 128,
};

/** What the user names. */
interface Names {
  readonly service: string;
  readonly lambda: string;
  readonly push: string;
  readonly secret: string;
  readonly repository: string;
}

const shortest: Names = { service: "s", lambda: "l", push: "p", secret: "x", repository: "re" };

/** Everything but caches, whose prefix of 30 characters has a rule and a test of its own. */
const withoutCaches: EnvironmentInput = {
  ...everyConsumer,
  ecr: { ...everyConsumer.ecr, pullThroughCache: {} },
  ecs: {
    services: Object.fromEntries(
      Object.entries(everyConsumer.ecs?.services ?? {}).filter(([name]) => name !== "proxy"),
    ),
  },
};

/** The environment that has everything, under these names. */
function named(project: string, name: string, names: Names): EnvironmentInput {
  const renamed = JSON.stringify({ ...withoutCaches, project, name })
    .replaceAll("role/acme/full/", `role/${project}/${name}/`)
    .replaceAll('"app"', JSON.stringify(names.repository))
    .replaceAll('"web"', JSON.stringify(names.service))
    .replaceAll('"resize"', JSON.stringify(names.lambda))
    .replaceAll('"db-password"', JSON.stringify(names.secret));
  const environment: EnvironmentInput = JSON.parse(renamed);
  const push = Object.values(environment.security?.ci?.push ?? {})[0];
  return push === undefined
    ? environment
    : {
        ...environment,
        security: {
          ...environment.security,
          ci: { ...environment.security?.ci, push: { [names.push]: push } },
        },
      };
}

const accepts = (environment: EnvironmentInput): boolean => messageOf(only(environment)) === "";

/** The longest name of one kind that the rules take, others being short. */
function longest(project: string, name: string, kind: keyof Names): string {
  let [fits, tooLong] = [shortest[kind].length, 300];
  while (tooLong - fits > 1) {
    const length = Math.floor((fits + tooLong) / 2);
    if (accepts(named(project, name, { ...shortest, [kind]: "n".repeat(length) }))) fits = length;
    else tooLong = length;
  }
  return fits === shortest[kind].length ? shortest[kind] : "n".repeat(fits);
}

/** Arguments that are longer than AWS takes. */
const tooLongIn = (stacks: Readonly<Record<string, StackJson>>): string[] =>
  Object.values(stacks).flatMap((json) =>
    Object.entries(limits).flatMap(([place, limit]) => {
      const [type = "", argument = ""] = place.split(".");
      return Object.values<StackJson>(json["resource"]?.[type] ?? {})
        .map((resource) => resource[argument])
        .filter((value) => typeof value === "string" && !value.startsWith("${") && value.length > limit)
        .map((value) => `${place}: ${value}`);
    }),
  );

test("whatever names the rules take, AWS takes what is built from them", () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 20 }), (p, e) => {
      const [project, name] = ["p".repeat(p), "e".repeat(e)];
      const message = messageOf(only(named(project, name, shortest)));
      if (message !== "") {
        for (const line of message.split("\n")) expect(line).toMatch(/have at most 64/);
        return;
      }
      accepted++;
      const kinds = Object.keys(shortest) as (keyof Names)[];
      const names = Object.fromEntries(kinds.map((kind) => [kind, longest(project, name, kind)]));
      expect(tooLongIn(synth(only(named(project, name, names as unknown as Names))))).toEqual([]);
    }),
    {
      numRuns: 12,
      examples: [
        [30, 20],
        [30, 12],
        [1, 1],
        [22, 20],
      ],
    },
  );
  expect(accepted).toBeGreaterThan(3);
});

/** The stacks under short names, which have the same arguments. */
const stacks = synth(only(named("acme", "full", shortest)));

test("every argument that the limits are about is one that the stacks have", () => {
  const found = Object.keys(limits).filter((place) => {
    const [type = "", argument = ""] = place.split(".");
    return Object.values(stacks).some((json) =>
      Object.values<StackJson>(json["resource"]?.[type] ?? {}).some((resource) => argument in resource),
    );
  });

  expect(found).toEqual(Object.keys(limits));
});

/** Names that no word of a file is part of. */
const fixed = [
  "aws_cloudwatch_log_resource_policy.policy_name",
  "aws_vpc_endpoint.service_name",
  "aws_eks_addon.addon_name",
];

test("every name that a stack gives has a limit here", () => {
  const given = Object.values(stacks).flatMap((json) =>
    Object.entries<Record<string, StackJson>>(json["resource"] ?? {}).flatMap(([type, resources]) =>
      Object.values(resources).flatMap((resource) =>
        Object.entries(resource)
          .filter(([key]) => /(^|_)name(_prefix)?$/.test(key))
          .filter(([, value]) => typeof value === "string" && !value.startsWith("${"))
          .map(([key]) => `${type}.${key}`),
      ),
    ),
  );

  const known = [...Object.keys(limits), ...fixed];
  expect(given.filter((place) => !known.includes(place))).toEqual([]);
});
