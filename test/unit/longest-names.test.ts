import fc from "fast-check";
import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../environments/options/environment";
import { messageOf, problemsIn } from "../support/environments/load-message";
import { only } from "../support/environments/minimal";
import { everyConsumer } from "../support/every-consumer";
import { runs } from "../support/property-runs";
import { type StackJson, synth } from "../support/synth";

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
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  "aws_cloudwatch_metric_alarm.alarm_name": 255,
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
  // https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html
  "aws_efs_file_system.creation_token": 64,
  "aws_ecs_service.name": 255,
  "aws_ecs_task_definition.family": 255,
  // https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateHttpNamespace.html
  "aws_service_discovery_http_namespace.name": 1024,
  "aws_appautoscaling_policy.name": 256,
  "aws_appautoscaling_scheduled_action.name": 256,
  // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
  "aws_scheduler_schedule.name": 64,
  "aws_scheduler_schedule_group.name": 64,
  // https://docs.aws.amazon.com/signer/latest/api/API_PutSigningProfile.html
  "aws_signer_signing_profile.name": 64,
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
  "aws_eks_cluster.name": 100,
  "aws_eks_fargate_profile.fargate_profile_name": 100,
  "aws_eks_node_group.node_group_name": 63,
  "aws_launch_template.name": 128,
};

/** What the user names. */
interface Names {
  readonly service: string;
  readonly files: string;
  readonly task: string;
  readonly lambda: string;
  readonly push: string;
  readonly secret: string;
  readonly repository: string;
}

const shortest: Names = {
  ...{ service: "s", files: "f", task: "t", lambda: "l", push: "p", secret: "x", repository: "re" },
};

/** Everything but caches, whose prefix of 30 characters has a rule and a test of its own. */
const withoutCaches: EnvironmentInput = {
  ...everyConsumer,
  ecr: { ...everyConsumer.ecr, pullThroughCache: {} },
  imageGate: { ...everyConsumer.imageGate, repositories: {} },
  ecs: {
    ...everyConsumer.ecs,
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
    .replaceAll('"uploads":{"infrequent', `"${names.files}":{"infrequent`)
    .replaceAll('"fileSystem":"uploads"', `"fileSystem":"${names.files}"`)
    .replaceAll('"web"', JSON.stringify(names.service))
    .replaceAll('"report"', JSON.stringify(names.task))
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

/** Where the rules report a name of each kind that is too long. */
const places: Readonly<Record<keyof Names, string>> = {
  service: "ecs.services.",
  files: "ecs.fileSystems.",
  task: "ecs.scheduledTasks.",
  lambda: "lambda.functions.",
  push: "security.ci.push.",
  secret: "security.secrets.",
  repository: "ecr.repositories.",
};

const kinds = Object.keys(places) as (keyof Names)[];

/** A length for each kind of name. */
type Lengths = Record<keyof Names, number>;

const lengths = (of: (kind: keyof Names) => number) =>
  Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as Lengths;

/** The environment under names of these lengths. */
function withLengths(project: string, name: string, of: Lengths): EnvironmentInput {
  // A task cannot have the name of a service.
  const names = kinds.map((kind) => [kind, "n".padEnd(of[kind], kind === "task" ? "t" : "n")]);
  return named(project, name, Object.fromEntries(names) as Names);
}

/** The kinds whose names of these lengths the rules refuse. */
function refused(project: string, name: string, of: Lengths): (keyof Names)[] {
  const problems = problemsIn(only(withLengths(project, name, of)));
  return kinds.filter((kind) => problems.some((line) => line.includes(`.ts: ${places[kind]}n`)));
}

/** The length of the longest name of each kind that the rules take. Each load tries one name of every kind. */
function longest(project: string, name: string): Lengths {
  const fits = lengths((kind) => shortest[kind].length);
  const tooLong = lengths(() => 300);
  while (kinds.some((kind) => tooLong[kind] - fits[kind] > 1)) {
    const middle = lengths((kind) => Math.floor((fits[kind] + tooLong[kind]) / 2));
    const not = refused(project, name, middle);
    for (const kind of kinds) (not.includes(kind) ? tooLong : fits)[kind] = middle[kind];
  }
  return fits;
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
      const most = longest(project, name);
      const oneMore = lengths((kind) => most[kind] + 1);
      expect(refused(project, name, oneMore)).toEqual(kinds);
      expect(tooLongIn(synth(only(withLengths(project, name, most))))).toEqual([]);
    }),
    {
      // Each run is a whole synthesis. Only the sum of the two lengths is in the names that AWS limits.
      numRuns: 4 + runs(2),
      examples: [
        [30, 20],
        [30, 12],
        [1, 1],
        [22, 20],
      ],
    },
  );
  expect(accepted).toBeGreaterThan(2);
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
  "aws_cloudwatch_metric_alarm.metric_name",
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
