import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../../environments/options/environment";
import { findingsIn } from "../../../../../scripts/review/gates/findings";
import { only } from "../../../../support/environments/minimal";
import { everyConsumer } from "../../../../support/every-consumer";
import { reportBetween, stacksOf } from "../../../../support/review/edited-stacks";

// biome-ignore lint/suspicious/noExplicitAny: an edit reaches any option
type Editable = any;

const base: EnvironmentInput = structuredClone(everyConsumer);
Object.assign((base as Editable).ecs.loadBalancers, {
  public: { certificateArns: ["arn:aws:acm:eu-central-1:222233334444:certificate/0123abcd-ef"] },
});
const before = stacksOf(only(base));

/** What the gates find after an edit of what runs images. */
function foundAfter(edit: (workloads: Editable) => void): string[] {
  const edited = structuredClone(base) as Editable;
  edit(edited);
  const { stacks } = reportBetween(before, stacksOf(only(edited)));
  return stacks.flatMap(findingsIn).map(({ gate, severity, sentence }) => `${severity} ${gate}: ${sentence}`);
}

test.each<[string, (environment: Editable) => void, string[]]>([
  [
    "a schedule that is turned off",
    ({ ecs }) => {
      ecs.scheduledTasks.report.enabled = false;
    },
    ["risky destruction: acme-full-report (aws_scheduler_schedule.ecs_scheduled_tasks_report): state: "],
  ],
  [
    "a service without tasks",
    ({ ecs }) => {
      ecs.services.shared.desiredCount = 0;
    },
    ["risky destruction: acme-full-shared (aws_ecs_service.shared): desired_count: 1 -> 0; it runs no tasks"],
  ],
  [
    "a task that may write to its root file system",
    ({ ecs }) => {
      Object.assign(ecs.scheduledTasks.report, { readonlyRootFilesystem: false, writablePaths: [] });
    },
    ["risky permission: aws_ecs_task_definition.scheduled_tasks_report: the container report may write to"],
  ],
  [
    "a container that runs as root",
    ({ ecs }) => {
      ecs.services.shared.user = "root";
    },
    ["risky permission: aws_ecs_task_definition.services_shared: the container shared runs as root"],
  ],
  [
    "a container without a health check",
    ({ ecs }) => {
      delete ecs.services.web.healthCheckCommand;
    },
    ["risky rollout: aws_ecs_task_definition.services_web: the container web has no health check any more"],
  ],
  [
    "a service that gets requests from a shared load balancer",
    ({ ecs }) => {
      ecs.services.shared.sharedLoadBalancer = { name: "public", priority: 5, hosts: ["a.example.com"] };
    },
    [
      "risky network-exposure: aws_lb_listener_rule.ecs_services_shared_target: requests with host a.example.com reach",
    ],
  ],
  [
    "the same from an internal one",
    ({ ecs }) => {
      ecs.services.shared.sharedLoadBalancer = { name: "inside", priority: 5, hosts: ["a.example.com"] };
    },
    [],
  ],
  [
    "a signing profile that is gone",
    ({ security }) => {
      delete security.signingProfile;
    },
    ["blocked key-loss: acme_full_images (aws_signer_signing_profile.images) would be destroyed"],
  ],
  [
    "people who can run commands in containers",
    (environment) => {
      environment.productionExceptions = [{ rule: "no-exec", reason: "The image has no logs yet." }];
      Object.assign(environment.ecs.services.shared, { exec: true, readonlyRootFilesystem: false });
    },
    [
      "risky permission: acme-full-shared (aws_ecs_service.shared): enable_execute_command: false -> true; ",
      "risky permission: aws_ecs_task_definition.services_shared: the container shared may write to its root",
      "risky permission: com.amazonaws.eu-central-1.logs (aws_vpc_endpoint.logs): everyone gains logs:",
      "risky permission: acme-full-role-boundary (aws_iam_policy.ci_role_boundary): policy acme-full-role-boundary",
      ...["ssmmessages:CreateControlChannel", "logs:DescribeLogGroups on", "logs:CreateLogStream"].map(
        (actions) =>
          `acme-full-ecs-task-shared (aws_iam_role_policy.ecs_tasks_shared): role acme-full-ecs-task-shared gains ${actions}`,
      ),
    ],
  ],
])("%s", (_, edit, expected) => {
  expect(foundAfter(edit)).toEqual(expected.map((text) => expect.stringContaining(text)));
});
