import { arn, atMost, type Limit, type Limits, limitedBy, nameIn, pages, range, under } from "./limit";

const docs = "https://docs.aws.amazon.com";

const image: Limits = {
  "image.repository": nameIn("ecr"),
  "image.tag": atMost(
    128,
    "letters, digits and `._-`",
    "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests",
  ),
  "image.digest": atMost(71, "`sha256:` and 64 hexadecimal digits", pages.ecrImage),
};

const definition = "65,536 bytes of task definition";
const inDefinition = limitedBy(definition, pages.ecs);
const roleName = (words: string) => atMost(64, `of the role's whole name; ${words}`, pages.iam);
const tasks = range(pages.ecs);
const port = range("https://datatracker.ietf.org/doc/html/rfc6335#section-6");

const healthCheck = range(`${docs}/AmazonECS/latest/APIReference/API_HealthCheck.html`);
const ulimit = `${docs}/AmazonECS/latest/APIReference/API_Ulimit.html`;
const targetGroup = range(`${docs}/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html`);
const targetAttribute = range(
  `${docs}/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html`,
);

/** Variables of a container or function by name, with their values. */
const variables = (name: Limit, value: Limit): Limits => ({
  environment: value,
  "environment.<name>@": name,
  "environment.<name>": value,
  secrets: value,
  "secrets.<name>@": name,
  "secrets.<name>": nameIn("security.secrets"),
});

const containerPage = `${docs}/AmazonECS/latest/APIReference/API_ContainerDefinition.html`;

/** Limits of the options of every container of a task. */
const container: Limits = {
  ...image,
  ...variables(limitedBy(`${definition}; no spaces, \`=\` and control characters`, pages.ecs), inDefinition),
  "secrets.<name>.secret": nameIn("security.secrets"),
  "secrets.<name>.key": limitedBy(
    `${definition}; no colon`,
    `${docs}/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html`,
  ),
  entryPoint: inDefinition,
  "entryPoint[]": inDefinition,
  command: inDefinition,
  "command[]": inDefinition,
  user: atMost(511, "a user and a group of up to 255 letters, digits and `_.-`", containerPage),
  healthCheckCommand: inDefinition,
  "healthCheckCommand[]": inDefinition,
  healthCheckIntervalSeconds: healthCheck,
  healthCheckTimeoutSeconds: healthCheck,
  healthCheckRetries: healthCheck,
  healthCheckStartPeriodSeconds: healthCheck,
  writablePaths: inDefinition,
  "writablePaths[]": atMost(
    4095,
    "parts of up to 255 letters, digits and `_.-`",
    "https://man7.org/linux/man-pages/man7/path_resolution.7.html",
  ),
  stopTimeoutSeconds: range(containerPage),
  ulimits: atMost(15, "one for each resource", ulimit),
  "ulimits[].softLimit": range(ulimit),
  "ulimits[].hardLimit": range(ulimit),
  dependsOn: atMost(9, "one for each other container", pages.ecs),
  "dependsOn.<name>@": { words: "a name in `containers`, or of the service", source: "project" },
  "logs.options": inDefinition,
  "logs.options.<name>@": inDefinition,
  "logs.options.<name>": inDefinition,
  "logs.secretOptions": inDefinition,
  "logs.secretOptions.<name>@": inDefinition,
  "logs.secretOptions.<name>": nameIn("security.secrets"),
};

const ecsService: Limits = {
  ...container,
  containers: atMost(9, "besides the container of the service; 10 in a task definition", pages.ecs),
  "containers.<name>@": atMost(255, "lowercase letters and digits with single hyphens", containerPage),
  ...under("containers.<name>", {
    ...container,
    cpu: range(containerPage),
    memory: range(containerPage),
    memoryReservation: range(containerPage),
    "logRouter.configFile": atMost(
      1024,
      "the path of a file in the image",
      `${docs}/AmazonECS/latest/developerguide/firelens-taskdef.html`,
    ),
  }),
  ephemeralStorageGib: range(`${docs}/AmazonECS/latest/APIReference/API_EphemeralStorage.html`),
  cpu: range(`${docs}/AmazonECS/latest/developerguide/fargate-tasks-services.html`),
  memory: range(`${docs}/AmazonECS/latest/developerguide/fargate-tasks-services.html`),
  port,
  desiredCount: tasks,
  "autoscaling.minCount": tasks,
  "autoscaling.maxCount": tasks,
  "autoscaling.cpuTargetPercent": range("project"),
  healthCheckGracePeriodSeconds: range(
    `${docs}/AmazonECS/latest/developerguide/service_definition_parameters.html`,
  ),
  ...under("loadBalancer", {
    healthCheckIntervalSeconds: targetGroup,
    healthCheckTimeoutSeconds: targetGroup,
    healthyThreshold: targetGroup,
    unhealthyThreshold: targetGroup,
    healthCheckStatusCodes: atMost(
      399,
      "codes and ranges from 200 to 499, separated by commas; 50 of them here",
      `${docs}/elasticloadbalancing/latest/APIReference/API_Matcher.html`,
    ),
    deregistrationDelaySeconds: targetAttribute,
    slowStartSeconds: targetAttribute,
    "stickiness.durationSeconds": targetAttribute,
    "stickiness.cookieName": atMost(
      256,
      "characters of a cookie name; not `AWSALB`, `AWSALBAPP` and `AWSALBTG`",
      `${docs}/elasticloadbalancing/latest/application/sticky-sessions.html`,
    ),
  }),
  "loadBalancer.certificateArn": arn(
    2048,
    "the ARN of a certificate in the same account and Region",
    `${docs}/acm/latest/APIReference/API_DescribeCertificate.html`,
  ),
  "loadBalancer.healthCheckPath": atMost(
    1024,
    "the path of a URL",
    `${docs}/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html`,
  ),
  "loadBalancer.allowedCidrBlocks": atMost(30, "two rules each, of 60 by default", pages.vpc),
  "loadBalancer.allowedCidrBlocks[]": atMost(18, "an IPv4 range", pages.vpc),
};

const lambdaFunction: Limits = {
  ...image,
  ...variables(
    limitedBy("4,096 bytes of variables; letters, digits and `_`, first a letter", pages.lambda),
    limitedBy("4,096 bytes of variables with their names", pages.lambda),
  ),
  alias: atMost(
    128,
    "letters, digits, `-` and `_`; no number",
    `${docs}/lambda/latest/api/API_CreateAlias.html`,
  ),
  description: atMost(256, "any", pages.lambdaFunction),
  memorySize: range(pages.lambda),
  timeoutSeconds: range(pages.lambda),
  ephemeralStorage: range(pages.lambda),
  entryPoint: atMost(1500, "", pages.lambdaImage),
  "entryPoint[]": limitedBy("the request of 6 MB", pages.lambda),
  command: atMost(1500, "", pages.lambdaImage),
  "command[]": limitedBy("the request of 6 MB", pages.lambda),
  reservedConcurrency: range(pages.lambda),
  logRetentionDays: range(pages.logs),
};

const namespace = atMost(63, "lowercase letters, digits and `-`", pages.kubernetesNames);
const fargate = `${docs}/eks/latest/APIReference/API_CreateFargateProfile.html`;

const eksWorkload: Limits = {
  ...image,
  namespace,
  cpu: atMost(7, "up to 999 cores or 999999m", pages.kubernetesQuantities),
  memory: atMost(9, "up to 7 digits with `Mi` or `Gi`", pages.kubernetesQuantities),
};

const inManifest = limitedBy("1.5 MiB of the manifest", "https://etcd.io/docs/v3.5/dev-guide/limit/");
const eksJob: Limits = {
  ...eksWorkload,
  entryPoint: inManifest,
  "entryPoint[]": inManifest,
  command: inManifest,
  "command[]": inManifest,
  retries: range("project"),
  timeoutSeconds: range("project"),
};

/** The controller of CronJobs appends 11 characters, and a hash of a Job 9. */
const jobName = atMost(
  52,
  "lowercase letters, digits and `-`",
  "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
);

const eks: Limits = {
  kubernetesVersion: atMost(4, "a minor version", `${docs}/eks/latest/userguide/kubernetes-versions.html`),
  nodeGroups: limitedBy("30 in a cluster by default", pages.eks),
  "nodeGroups.<name>@": atMost(
    63,
    "letters, digits, `-` and `_`",
    `${docs}/eks/latest/APIReference/API_CreateNodegroup.html`,
  ),
  "nodeGroups.<name>.instanceTypes": atMost(
    20,
    "",
    `${docs}/eks/latest/APIReference/API_CreateNodegroup.html`,
  ),
  "nodeGroups.<name>.instanceTypes[]": atMost(
    64,
    "a family, a period and a size",
    `${docs}/AWSEC2/latest/APIReference/API_RunInstances.html`,
  ),
  "nodeGroups.<name>.minSize": range(pages.eks),
  "nodeGroups.<name>.maxSize": range(pages.eks),
  "nodeGroups.<name>.diskSize": range(`${docs}/ebs/latest/userguide/general-purpose.html`),
  fargateProfiles: limitedBy("10 in a cluster by default", pages.eks),
  "fargateProfiles.<name>@": atMost(100, "letters, digits, `-` and `_`", fargate),
  "fargateProfiles.<name>.selectors": atMost(5, "", fargate),
  "fargateProfiles.<name>.selectors[].namespace": namespace,
  "fargateProfiles.<name>.selectors[].labels": limitedBy("5 in a selector by default", pages.eks),
  "fargateProfiles.<name>.selectors[].labels.<name>@": atMost(
    317,
    "a DNS name of up to 253 characters, `/` and a name of up to 63",
    "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/",
  ),
  "fargateProfiles.<name>.selectors[].labels.<name>": atMost(
    63,
    "letters, digits and `_.-`",
    "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/",
  ),
  publicAccessCidrs: atMost(40, "", pages.eks),
  "publicAccessCidrs[]": atMost(18, "a public IPv4 range, `/8` to `/32`", pages.eks),
  accessEntries: limitedBy("as many as a cluster allows", `${docs}/eks/latest/userguide/access-entries.html`),
  "accessEntries.<name>@": arn(2048, "the ARN of a role", pages.iam),
  "accessEntries.<name>.namespaces": limitedBy(
    "those of a cluster",
    `${docs}/eks/latest/APIReference/API_AccessScope.html`,
  ),
  "accessEntries.<name>.namespaces[]": namespace,
  logRetentionDays: range(pages.logs),
  deployments: limitedBy("manifests that the project only prints", "project"),
  "deployments.<name>@": atMost(63, "lowercase letters, digits and `-`", pages.kubernetesNames),
  ...under("deployments.<name>", { ...eksWorkload, replicas: range("project"), port }),
  jobs: limitedBy("manifests that the project only prints", "project"),
  "jobs.<name>@": jobName,
  ...under("jobs.<name>", eksJob),
  cronJobs: limitedBy("manifests that the project only prints", "project"),
  "cronJobs.<name>@": jobName,
  ...under("cronJobs.<name>", {
    ...eksJob,
    schedule: limitedBy(
      "five fields of cron",
      "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
    ),
    timeZone: limitedBy(
      "names of the time zone database",
      "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
    ),
  }),
};

/** Limits of the options of consumers. */
export const consumerLimits: Limits = {
  "ecs.logRetentionDays": range(pages.logs),
  "ecs.services": atMost(5000, "in a cluster", pages.ecs),
  "ecs.services.<name>@": roleName("lowercase letters and digits with single hyphens"),
  ...under("ecs.services.<name>", ecsService),
  "lambda.functions": limitedBy("1,000 roles in an account by default", pages.iam),
  "lambda.functions.<name>@": roleName("letters, digits, `-` and `_`"),
  ...under("lambda.functions.<name>", lambdaFunction),
  ...under("eks", eks),
};
