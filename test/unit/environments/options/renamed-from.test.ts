import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { problemsIn } from "../../../support/environments/load-message";
import { only } from "../../../support/environments/minimal";
import { everyConsumer } from "../../../support/every-consumer";

/** Each entry of a map with the option that only repositories have. */
const renamed = <T extends object>(entries: Readonly<Record<string, T>> | undefined) =>
  Object.fromEntries(
    Object.entries(entries ?? {}).map(([name, entry]) => [name, { ...entry, renamedFrom: "old" }]),
  );

test("fails when something is renamed that AWS cannot rename, with the way out", () => {
  const { security, ecr, ecs, lambda, eks } = everyConsumer;
  const environment = {
    ...everyConsumer,
    security: {
      secrets: renamed({ "db-password": {} }),
      ci: { push: renamed({ app: security?.ci?.push?.["app"] ?? {} }) },
    },
    ecr: {
      ...ecr,
      pullThroughCache: renamed({ public: ecr?.pullThroughCache?.["public"] ?? {} }),
      creationTemplates: renamed({ team: { appliedFor: ["REPLICATION"] } }),
    },
    ecs: {
      loadBalancers: renamed(ecs?.loadBalancers),
      fileSystems: renamed({ uploads: {} }),
      services: renamed({ proxy: ecs?.services?.["proxy"] ?? {} }),
      scheduledTasks: renamed(ecs?.scheduledTasks),
    },
    lambda: { functions: renamed({ resize: lambda?.functions?.["resize"] ?? {} }) },
    eks: {
      ...eks,
      nodeGroups: renamed(eks?.nodeGroups),
      fargateProfiles: renamed(eks?.fargateProfiles),
      deployments: renamed(eks?.deployments),
      jobs: renamed({ migrate: { image: { repository: "app", tag: "v1" } } }),
      cronJobs: renamed({ nightly: { image: { repository: "app", tag: "v1" }, schedule: "0 3 * * *" } }),
    },
  } as unknown as EnvironmentInput;

  const renames = problemsIn(only(environment)).filter((problem) => problem.includes("renamedFrom"));
  expect(renames).toMatchInlineSnapshot(`
    [
      "environments/full.ts: security.secrets["db-password"].renamedFrom: found "old"; Secrets Manager cannot rename a secret; keep the old entry next to this one, set the value of this one, let readers use it, and then remove the old one",
      "environments/full.ts: security.ci.push.app.renamedFrom: found "old"; IAM cannot rename a role; keep the old entry next to this one, let pipelines assume this role, and then remove the old one",
      "environments/full.ts: ecr.pullThroughCache.public.renamedFrom: found "old"; ECR cannot change the prefix of a pull-through cache rule; keep the old entry next to this one, use this one in images, and then remove the old one",
      "environments/full.ts: ecr.creationTemplates.team.renamedFrom: found "old"; ECR cannot change the prefix of a repository creation template; remove this option: a template has no content, so that replacing it loses nothing",
      "environments/full.ts: ecs.loadBalancers.inside.renamedFrom: found "old"; Elastic Load Balancing cannot rename a load balancer; keep the old entry next to this one, let its services and DNS records use this one, and then remove the old one",
      "environments/full.ts: ecs.fileSystems.uploads.renamedFrom: found "old"; EFS cannot change the creation token of a file system, and a new one is empty; keep the old entry next to this one, copy the files, let the volumes use this one, and then remove the old one",
      "environments/full.ts: ecs.services.proxy.renamedFrom: found "old"; ECS cannot rename a service; keep the old entry next to this one, move its traffic here, and then remove the old one",
      "environments/full.ts: ecs.scheduledTasks.report.renamedFrom: found "old"; ECS cannot rename a task definition; remove this option: only the log group of the old entry has content",
      "environments/full.ts: ecs.scheduledTasks.cleanup.renamedFrom: found "old"; ECS cannot rename a task definition; remove this option: only the log group of the old entry has content",
      "environments/full.ts: lambda.functions.resize.renamedFrom: found "old"; Lambda cannot rename a function; keep the old entry next to this one, let its callers use this one, and then remove the old one",
      "environments/full.ts: eks.nodeGroups.general.renamedFrom: found "old"; EKS cannot rename a node group; keep the old entry next to this one, drain its nodes, and then remove it",
      "environments/full.ts: eks.fargateProfiles.batch.renamedFrom: found "old"; EKS cannot change a Fargate profile; keep the old entry next to this one, and remove it when its pods run here",
      "environments/full.ts: eks.deployments.api.renamedFrom: found "old"; Kubernetes cannot rename a Deployment; keep the old entry next to this one, apply the manifest of this one, and then delete the old one with kubectl",
      "environments/full.ts: eks.jobs.migrate.renamedFrom: found "old"; Kubernetes cannot rename a Job or CronJob; apply the manifest of this one, and then delete the old one with kubectl",
      "environments/full.ts: eks.cronJobs.nightly.renamedFrom: found "old"; Kubernetes cannot rename a Job or CronJob; apply the manifest of this one, and then delete the old one with kubectl",
    ]
  `);
});
