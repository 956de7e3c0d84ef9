import type { GateName } from "../../../environments/options/acknowledged-changes";
import type { JudgedStack } from "../../../scripts/review/gates/findings";
import { oneChange, policy, reviewed } from "./one-change";

/** For each gate, plans that it stops and plans that it lets pass. */
interface Pair {
  readonly stops: readonly JudgedStack[];
  readonly passes: readonly JudgedStack[];
}

type Values = Readonly<Record<string, unknown>>;

const change = (address: string, before: Values | null, after: Values | null) =>
  reviewed([oneChange(address, before, after)]);

/** A change of an attribute, and its reverse. */
const reversible = (address: string, strong: Values, weak: Values): Pair => ({
  stops: [change(address, strong, weak)],
  passes: [change(address, weak, strong), change(address, null, weak)],
});

/** What goes, and what comes. */
const lost = (address: string, values: Values, stack = "compute-dev"): Pair => ({
  stops: [
    reviewed([oneChange(address, values, null)], stack),
    reviewed([oneChange(address, values, values, true)], stack),
  ],
  passes: [
    reviewed([oneChange(address, null, values)], stack),
    reviewed([oneChange(address, values, { ...values, tags: { a: "b" } })], stack),
  ],
});

const both = (...pairs: readonly Pair[]): Pair => ({
  stops: pairs.flatMap(({ stops }) => stops),
  passes: pairs.flatMap(({ passes }) => passes),
});

const deployedBy = (strategy: string, bake_time_in_minutes = "15") => ({
  deployment_configuration: [{ strategy, bake_time_in_minutes }],
});

/** A service that is replaced because of an argument. */
const replacedBy = (argument: string) => {
  const service = oneChange("aws_ecs_service.web", { name: "web" }, { name: "web" }, true);
  return { ...service, change: { ...service.change, replace_paths: [[argument]] } };
};

const arn = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const own = arn("123456789012");
const other = arn("444455556666");
const pull = { Action: "ecr:BatchGetImage" };
const inOrganization = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } };
const repositoryPolicy = (before: string | null, after: string | null) =>
  change(
    "aws_ecr_repository_policy.api",
    before === null ? null : { repository: "acme-dev-api", policy: before },
    after === null ? null : { repository: "acme-dev-api", policy: after },
  );
const rolePolicy = (before: object, after: object) =>
  change(
    "aws_iam_role_policy.deploy",
    { role: "deploy", policy: policy(before) },
    { role: "deploy", policy: policy(after) },
  );
const trusted = (statement: object) => ({ name: "web", assume_role_policy: policy(statement) });
const assume = { Action: "sts:AssumeRole" };
const ecs = { ...assume, Principal: { Service: "ecs-tasks.amazonaws.com" } };
const keeping = (countNumber: number) => ({
  repository: "acme-dev-api",
  policy: JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
        action: { type: "expire" },
      },
    ],
  }),
});
const scanned = (scan_frequency: string) => ({
  scan_type: "ENHANCED",
  rule: [{ scan_frequency, repository_filter: [{ filter: "*", filter_type: "WILDCARD" }] }],
});
const scans = "aws_ecr_registry_scanning_configuration.scanning";
const registry = (before: string, after: string, environment: string) =>
  reviewed([oneChange(scans, scanned(before), scanned(after))], "registry-a", { "acme-x-api": environment });
/** A role with one policy in it for each statement. */
const inline = (...statements: readonly object[]) => ({
  ...trusted(ecs),
  inline_policy: statements.map((statement, index) => ({
    name: String(index),
    policy: policy(statement),
  })),
});
const managed = (...names: readonly string[]) => ({
  ...trusted(ecs),
  managed_policy_arns: names.map((name) => `arn:aws:iam::aws:policy/${name}`),
});
const invoking = (values: Values) => ({
  ...{ action: "lambda:InvokeFunction", function_name: "acme-dev-thumbnails", ...values },
});
const invoke = (before: Values | null, after: Values | null) =>
  change(
    "aws_lambda_permission.thumbnails",
    before === null ? null : invoking(before),
    after === null ? null : invoking(after),
  );
const fromS3 = { principal: "s3.amazonaws.com" };
const fromBucket = { ...fromS3, source_arn: "arn:aws:s3:::acme-dev-images" };
const decrypting = (grantee_principal: string, values: Values = {}) => ({
  ...{ grantee_principal, key_id: "1234abcd", operations: ["Decrypt"], ...values },
});
const grant = (before: Values | null, after: Values | null) => change("aws_kms_grant.images", before, after);
const ownRole = "arn:aws:iam::123456789012:role/reader";
const otherRole = "arn:aws:iam::444455556666:role/reader";
const withContext = (context: Values) => ({ constraints: [{ encryption_context_subset: context }] });
/** A grant or permission of which an argument is known only after the apply. */
const unknownIn = (stack: ReturnType<typeof oneChange>, ...names: readonly string[]) =>
  reviewed([
    {
      ...stack,
      change: { ...stack.change, after_unknown: Object.fromEntries(names.map((name) => [name, true])) },
    },
  ]);
const publicBucket = "aws_s3_bucket_public_access_block.logs";
const ingress = "aws_vpc_security_group_ingress_rule.https";
const cluster = (endpoint_public_access: boolean, public_access_cidrs: readonly string[] = []) => ({
  vpc_config: [{ endpoint_public_access, public_access_cidrs }],
});
const nothing = reviewed([]);
const forgets = (address: string, actions: readonly string[]) => {
  const gone = oneChange(
    address,
    { name: "acme-dev-api" },
    actions.length > 1 ? { name: "acme-dev-api" } : null,
  );
  return { ...gone, change: { ...gone.change, actions } };
};
const unknownPolicy = (before: Values | null) => {
  const known = oneChange("aws_ecr_repository_policy.api", before, { repository: "acme-dev-api" });
  return { ...known, change: { ...known.change, after_unknown: { policy: true } } };
};
const forSix = { apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] };
const forKms = { apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] };
const expiring = (noncurrent_days: number) => ({
  bucket: "logs",
  rule: [{ status: "Enabled", noncurrent_version_expiration: [{ noncurrent_days }] }],
});
const openNetwork = (assign_public_ip: boolean) => ({ network_configuration: [{ assign_public_ip }] });
const startedIn = (isPublic: boolean) => ({ target: [{ ecs_parameters: [openNetwork(isPublic)] }] });
const containers = (web: object) => ({ container_definitions: JSON.stringify([{ name: "web", ...web }]) });
const hardened = {
  ...{ readonlyRootFilesystem: true, user: "1000:1000" },
  linuxParameters: { capabilities: { drop: ["ALL"] } },
};
const withCapability = (list: string) => ({
  ...hardened,
  linuxParameters: { capabilities: { drop: ["ALL"], [list]: ["SYS_ADMIN"] } },
});
const nodes = (ebs: object) => ({ block_device_mappings: [{ device_name: "/dev/xvda", ebs: [ebs] }] });
/** Where the sessions of ECS Exec are logged. */
const sessionLog = ({ logging = "OVERRIDE", encrypted = true }) => ({
  configuration: [
    {
      execute_command_configuration: [
        { logging, log_configuration: [{ cloud_watch_encryption_enabled: encrypted }] },
      ],
    },
  ],
});
/** The paths of the requests that a service gets from a load balancer which stays. */
const routed = (before: readonly string[], after: readonly string[], balancer: Balancer = {}) => {
  const { isInternal = false, wasInternal = isInternal } = balancer;
  const unchanged = (address: string, values: Values) => {
    const change = oneChange(address, values, values);
    return { ...change, change: { ...change.change, actions: ["no-op"] } };
  };
  const through = (name: string, values: readonly string[]) => ({
    listener_arn: `listener/${name}`,
    condition: [{ path_pattern: [{ values }] }],
  });
  const balancing = (name: string, internal: boolean) => [
    unchanged(`aws_lb.${name}`, { arn: `balancer/${name}`, internal }),
    unchanged(`aws_lb_listener.${name}`, {
      arn: `listener/${name}`,
      load_balancer_arn: `balancer/${name}`,
    }),
  ];
  return reviewed([
    ...balancing("old", wasInternal),
    ...balancing("new", isInternal),
    oneChange("aws_lb_listener_rule.web", through("old", before), through("new", after)),
  ]);
};
interface Balancer {
  readonly isInternal?: boolean;
  readonly wasInternal?: boolean;
}
const authenticated = (isAsked: boolean) => ({
  listener_arn: "listener",
  action: [...(isAsked ? [{ type: "authenticate-oidc" }] : []), { type: "forward" }],
});
/** What is destroyed while its bucket stays, and what goes with it. */
const settingLost = (address: string, values: Values): Pair => ({
  stops: [change(address, { bucket: "logs", ...values }, null)],
  passes: [
    reviewed([
      oneChange(address, { bucket: "logs", ...values }, null),
      oneChange("aws_s3_bucket.logs", { bucket: "logs" }, null),
    ]),
  ],
});

/** Plans for every gate. */
export const gatePairs: Readonly<Record<GateName, Pair>> = {
  "repository-loss": lost("aws_ecr_repository.api", { name: "acme-dev-api" }),
  "replica-loss": lost("aws_ecr_repository.api", { name: "acme-dev-api" }, "replicas-dev"),
  "key-loss": lost("aws_kms_key.images", { description: "Images" }),
  "bucket-loss": lost("aws_s3_bucket.logs", { bucket: "acme-dev-logs" }),
  "file-system-loss": lost("aws_efs_file_system.uploads", { name: "acme-dev-uploads" }),
  "secret-loss": lost("aws_secretsmanager_secret.db", { name: "acme/dev/db" }),
  "registry-loss": {
    stops: [registry("CONTINUOUS_SCAN", "SCAN_ON_PUSH", "qa")],
    passes: [registry("SCAN_ON_PUSH", "CONTINUOUS_SCAN", "qa"), registry("CONTINUOUS_SCAN", "MANUAL", "dev")],
  },
  forgotten: {
    stops: ["aws_ecr_repository.api", "aws_subnet.a"].map((address) =>
      reviewed([forgets(address, ["forget"])]),
    ),
    passes: [
      change("aws_ecr_repository.api", { name: "acme-dev-api" }, null),
      reviewed([forgets("aws_ecr_repository.api", ["forget", "create"])]),
    ],
  },
  "unreadable-policy": {
    stops: [
      reviewed([
        { ...unknownPolicy({ repository: "acme-dev-api", policy: policy({ ...pull, Principal: own }) }) },
      ]),
      // A policy of a repository that exists, and that had none.
      reviewed([unknownPolicy(null)]),
      repositoryPolicy(policy({ ...pull, Principal: own }), "(sensitive value 1)"),
      change("aws_iam_role.web", trusted(ecs), { name: "web", assume_role_policy: "{" }),
      change("aws_iam_role.web", null, { name: "web", assume_role_policy: "{" }),
      unknownIn(oneChange("aws_kms_grant.images", null, decrypting("")), "grantee_principal"),
      ...[
        "[]",
        '{"Statement":["all"]}',
        '{"Statement":[null]}',
        '{"Statement":{"Condition":{"Null":null}}}',
      ].map((text) => repositoryPolicy(policy({ ...pull, Principal: own }), text)),
    ],
    passes: [
      repositoryPolicy(policy({ ...pull, Principal: own }), policy({ ...pull, Principal: other })),
      repositoryPolicy("(sensitive value 1)", "(sensitive value 1)"),
      repositoryPolicy("{", null),
      grant(null, decrypting(ownRole)),
      unknownIn(oneChange("aws_kms_grant.images", null, decrypting("")), "grantee_principal", "key_id"),
      reviewed([unknownPolicy(null), oneChange("aws_ecr_repository.api", null, { name: "acme-dev-api" })]),
    ],
  },
  "registry-settings": {
    stops: [registry("CONTINUOUS_SCAN", "SCAN_ON_PUSH", "dev")],
    passes: [registry("SCAN_ON_PUSH", "CONTINUOUS_SCAN", "dev")],
  },
  "public-access": both(
    {
      stops: [
        repositoryPolicy(null, policy({ ...pull, Principal: "*" })),
        repositoryPolicy(policy({ ...pull, Principal: own }), policy({ ...pull, Principal: { AWS: "*" } })),
        repositoryPolicy(
          policy({ ...pull, Principal: "*", ...inOrganization }),
          policy({ ...pull, Principal: "*" }),
        ),
        repositoryPolicy(
          null,
          policy({ ...pull, Principal: "*", Condition: { StringLike: { "aws:PrincipalArn": "*" } } }),
        ),
        repositoryPolicy(null, policy({ ...pull, NotPrincipal: other })),
        invoke(null, { principal: "*", function_url_auth_type: "NONE" }),
        invoke({ principal: "*", principal_org_id: "o-1234567890" }, { principal: "*" }),
      ],
      passes: [
        repositoryPolicy(null, policy({ ...pull, Principal: "*", ...inOrganization })),
        repositoryPolicy(policy({ Action: "ecr:*", Principal: "*" }), policy({ ...pull, Principal: "*" })),
        repositoryPolicy(null, policy({ ...pull, Effect: "Deny", Principal: "*" })),
        change("aws_vpc_endpoint.ecr", null, { policy: policy({ Action: "*", Principal: "*" }) }),
        invoke(null, { principal: "*", principal_org_id: "o-1234567890" }),
        unknownIn(
          oneChange("aws_lambda_permission.a", null, invoking({ principal: "*" })),
          "principal_org_id",
        ),
      ],
    },
    ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map(
      (attribute) => reversible(publicBucket, { [attribute]: true }, { [attribute]: false }),
    ),
    settingLost(publicBucket, { block_public_policy: true }),
    ...["BucketOwnerPreferred", "ObjectWriter"].map((object_ownership) =>
      reversible(
        "aws_s3_bucket_ownership_controls.logs",
        { rule: [{ object_ownership: "BucketOwnerEnforced" }] },
        { rule: [{ object_ownership }] },
      ),
    ),
    reversible(
      "aws_secretsmanager_secret_policy.db",
      { block_public_policy: true },
      { block_public_policy: false },
    ),
  ),
  "outside-access": {
    stops: [
      repositoryPolicy(null, policy({ ...pull, Principal: other })),
      repositoryPolicy(
        policy({ ...pull, Principal: other, ...inOrganization }),
        policy({ ...pull, Principal: other }),
      ),
      change(
        "aws_kms_key.images",
        { policy: policy({ Action: "kms:Decrypt", Principal: own }) },
        { policy: policy({ Action: "kms:Decrypt", Principal: { AWS: [own.AWS, other.AWS] } }) },
      ),
      change(
        "aws_kms_replica_key.images",
        { policy: policy({ Action: "kms:Decrypt", Principal: own }) },
        { policy: policy({ Action: "kms:Decrypt", Principal: other }) },
      ),
      invoke(null, { principal: "444455556666" }),
      invoke(null, { principal: "*", principal_org_id: "o-1234567890" }),
      grant(null, decrypting(otherRole)),
      grant(decrypting(otherRole, withContext({ team: "a" })), decrypting(otherRole)),
    ],
    passes: [
      repositoryPolicy(null, policy({ ...pull, Principal: own })),
      repositoryPolicy(
        policy({ ...pull, Principal: other }),
        policy({ ...pull, Principal: other, ...inOrganization }),
      ),
      repositoryPolicy(
        policy({ Action: "ecr:*", Principal: other }),
        policy({ Action: "ecr:Batch*", Principal: other }),
      ),
      repositoryPolicy(policy({ ...pull, Principal: other }), null),
      invoke(null, { principal: "123456789012" }),
      invoke({ principal: "444455556666" }, { principal: otherRole }),
      grant(null, decrypting(ownRole)),
      grant(decrypting(otherRole), decrypting(otherRole, withContext({ team: "a" }))),
    ],
  },
  trust: {
    stops: [
      change("aws_iam_role.web", trusted(ecs), trusted({ ...assume, Principal: own })),
      change("aws_iam_role.web", trusted({ ...ecs, ...inOrganization }), trusted(ecs)),
      change("aws_iam_role.web", null, trusted({ ...assume, Principal: other })),
      change("aws_iam_openid_connect_provider.a", { client_id_list: ["a"] }, { client_id_list: ["a", "b"] }),
    ],
    passes: [
      change("aws_iam_openid_connect_provider.a", { client_id_list: ["a", "b"] }, { client_id_list: ["b"] }),
      change("aws_iam_openid_connect_provider.a", null, { client_id_list: ["a"] }),
      change("aws_iam_role.web", trusted(ecs), trusted({ ...ecs, ...inOrganization })),
      change("aws_iam_role.web", null, trusted(ecs)),
    ],
  },
  "permissions-boundary": {
    stops: [
      change("aws_iam_role.web", { permissions_boundary: "arn:a" }, { permissions_boundary: null }),
      change("aws_iam_role.web", { permissions_boundary: "arn:a" }, { permissions_boundary: "arn:b" }),
    ],
    passes: [
      change("aws_iam_role.web", { permissions_boundary: null }, { permissions_boundary: "arn:a" }),
      change("aws_iam_role.web", null, { permissions_boundary: null }),
    ],
  },
  "network-exposure": {
    stops: [
      ...["0.0.0.0/0", "128.0.0.0/1"].map((cidr_ipv4) => change(ingress, null, { cidr_ipv4 })),
      change(ingress, { cidr_ipv4: "10.0.0.0/8" }, { cidr_ipv6: "::/0" }),
      change("aws_security_group.web", { ingress: [] }, { ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] }),
      change("aws_security_group_rule.web", null, { type: "ingress", cidr_blocks: ["0.0.0.0/0"] }),
      change("aws_lb.web", { internal: true }, { internal: false }),
      change("aws_lb.web", null, { name: "web" }),
      change("aws_eks_cluster.batch", cluster(false), cluster(true)),
      change("aws_eks_cluster.batch", null, cluster(true)),
      change("aws_eks_cluster.batch", cluster(true, ["192.0.2.0/24"]), cluster(true, ["0.0.0.0/0"])),
      change("aws_ecs_service.web", null, { network_configuration: [{ assign_public_ip: true }] }),
      change("aws_scheduler_schedule.nightly", startedIn(false), startedIn(true)),
      change("aws_cloudwatch_event_target.nightly", null, { ecs_target: [openNetwork(true)] }),
      change("aws_subnet.a", { map_public_ip_on_launch: false }, { map_public_ip_on_launch: true }),
      routed(["/api/*"], ["/api/*"], { wasInternal: true }),
      change("aws_lb_listener_rule.web", authenticated(true), authenticated(false)),
    ],
    passes: [
      change("aws_scheduler_schedule.nightly", startedIn(true), startedIn(false)),
      change("aws_subnet.a", null, { map_public_ip_on_launch: true }),
      routed(["/api/*"], ["/api/v2/*"]),
      routed(["/api/*"], ["*"], { isInternal: true }),
      change("aws_lb_listener_rule.web", authenticated(false), authenticated(true)),
      change(ingress, null, { cidr_ipv4: "10.0.0.0/8" }),
      change(ingress, { cidr_ipv4: "0.0.0.0/0" }, { cidr_ipv4: "0.0.0.0/0", description: "all" }),
      change("aws_security_group_rule.web", null, { type: "egress", cidr_blocks: ["0.0.0.0/0"] }),
      change("aws_lb.web", { internal: false }, { internal: true }),
      change("aws_lb.web", { internal: false }, { internal: false, idle_timeout: 9 }),
      change("aws_eks_cluster.batch", cluster(true), cluster(false)),
      change("aws_eks_cluster.batch", null, cluster(false)),
    ],
  },
  encryption: both(
    reversible("aws_lb_listener.https", { protocol: "HTTPS" }, { protocol: "HTTP" }),
    reversible("aws_lb_listener.tls", { protocol: "TLS" }, { protocol: "TCP" }),
    ...[
      "ELBSecurityPolicy-TLS13-1-1-2021-06",
      "ELBSecurityPolicy-TLS-1-1-2017-01",
      "ELBSecurityPolicy-2016-08",
    ].map((ssl_policy) =>
      reversible(
        "aws_lb_listener.https",
        { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
        { protocol: "HTTPS", ssl_policy },
      ),
    ),
    reversible(
      "aws_lb_listener.http",
      { protocol: "HTTP", default_action: [{ type: "redirect" }] },
      { protocol: "HTTP", default_action: [{ type: "forward" }] },
    ),
    reversible("aws_lb_target_group.web", { protocol: "HTTPS" }, { protocol: "HTTP" }),
    reversible("aws_ecs_cluster.web", sessionLog({ encrypted: true }), sessionLog({ encrypted: false })),
    reversible("aws_lambda_function.resize", { kms_key_arn: "k" }, { kms_key_arn: null }),
    reversible("aws_scheduler_schedule.nightly", { kms_key_arn: "k" }, {}),
    reversible("aws_launch_template.nodes", nodes({ encrypted: "true" }), nodes({ encrypted: "false" })),
    reversible("aws_secretsmanager_secret.db", { kms_key_id: "k" }, { kms_key_id: null }),
    reversible("aws_cloudwatch_log_group.web", { kms_key_id: "k" }, { kms_key_id: null }),
    reversible("aws_sns_topic.alerts", { kms_master_key_id: "k" }, { kms_master_key_id: null }),
    reversible("aws_sqs_queue.dead", { sqs_managed_sse_enabled: true }, { sqs_managed_sse_enabled: false }),
    reversible("aws_sqs_queue.dead", {}, { sqs_managed_sse_enabled: false }),
    reversible("aws_sqs_queue.dead", { kms_master_key_id: "k" }, { sqs_managed_sse_enabled: true }),
    reversible("aws_kms_key.images", { is_enabled: true }, { is_enabled: false }),
    reversible("aws_kms_key.images", {}, { is_enabled: false }),
    reversible(
      "aws_s3_bucket_server_side_encryption_configuration.a",
      { rule: [forKms] },
      { rule: [forSix] },
    ),
    settingLost("aws_s3_bucket_server_side_encryption_configuration.a", { rule: [forKms] }),
    reversible(
      "aws_ecr_repository_creation_template.root",
      { encryption_configuration: [{ encryption_type: "KMS" }] },
      { encryption_configuration: [{ encryption_type: "AES256" }] },
    ),
  ),
  "tag-mutability": both(
    ...["MUTABLE", null].map((image_tag_mutability) =>
      reversible(
        "aws_ecr_repository.api",
        { name: "acme-dev-api", image_tag_mutability: "IMMUTABLE" },
        { name: "acme-dev-api", image_tag_mutability },
      ),
    ),
  ),
  "image-retention": {
    stops: [
      change("aws_ecr_lifecycle_policy.api", keeping(50), keeping(10)),
      change("aws_ecr_lifecycle_policy.api", null, keeping(10)),
    ],
    passes: [
      change("aws_ecr_lifecycle_policy.api", keeping(10), keeping(50)),
      change("aws_ecr_lifecycle_policy.api", keeping(10), null),
      reviewed([
        oneChange("aws_ecr_lifecycle_policy.api", null, keeping(10)),
        oneChange("aws_ecr_repository.api", null, { name: "acme-dev-api" }),
      ]),
    ],
  },
  "log-retention": both(
    reversible("aws_cloudwatch_log_group.web", { retention_in_days: 0 }, { retention_in_days: 30 }),
    lost("aws_cloudwatch_log_group.web", { retention_in_days: 30 }),
    reversible("aws_sqs_queue.dead", { message_retention_seconds: 1_000 }, { message_retention_seconds: 60 }),
    reversible("aws_sqs_queue.dead", {}, { message_retention_seconds: 60 }),
  ),
  versioning: both(
    reversible(
      "aws_s3_bucket_versioning.logs",
      { versioning_configuration: [{ status: "Enabled" }] },
      { versioning_configuration: [{ status: "Suspended" }] },
    ),
    settingLost("aws_s3_bucket_versioning.logs", { versioning_configuration: [{ status: "Enabled" }] }),
    {
      stops: [
        change("aws_s3_bucket_lifecycle_configuration.logs", expiring(90), expiring(7)),
        change("aws_s3_bucket_lifecycle_configuration.logs", { bucket: "logs", rule: [] }, expiring(7)),
        change("aws_s3_bucket_lifecycle_configuration.logs", null, expiring(7)),
        change("aws_s3_bucket_lifecycle_configuration.logs", expiring(90), {
          rule: [...expiring(90).rule, ...expiring(7).rule],
        }),
      ],
      passes: [
        change("aws_s3_bucket_lifecycle_configuration.logs", expiring(7), expiring(90)),
        change("aws_s3_bucket_lifecycle_configuration.logs", expiring(7), null),
        reviewed([
          oneChange("aws_s3_bucket_lifecycle_configuration.logs", null, expiring(7)),
          oneChange("aws_s3_bucket.logs", null, { bucket: "logs" }),
        ]),
      ],
    },
  ),
  permission: {
    stops: [
      change("aws_ecs_service.web", {}, { enable_execute_command: true }),
      change("aws_scheduler_schedule.nightly", startedIn(false), {
        target: [{ ecs_parameters: [{ enable_execute_command: true }] }],
      }),
      change(
        "aws_scheduler_schedule.nightly",
        { target: [{ role_arn: "a" }] },
        { target: [{ role_arn: "b" }] },
      ),
      change("aws_cloudwatch_event_target.nightly", { role_arn: "a" }, { role_arn: "b" }),
      change("aws_lambda_function.resize", { role: "a" }, { role: "b" }),
      change("aws_ecs_task_definition.web", {}, { task_role_arn: "a" }),
      change("aws_ecs_task_definition.web", { network_mode: "awsvpc" }, { network_mode: "host" }),
      ...[{ privileged: true }, { user: "root" }, { user: "0:0" }, {}, withCapability("add")].map((weak) =>
        change("aws_ecs_task_definition.web", containers(hardened), containers(weak)),
      ),
      change("aws_ecs_task_definition.web", containers(hardened), {
        container_definitions: JSON.stringify([
          { name: "web", ...hardened },
          { name: "proxy", privileged: true },
        ]),
      }),
      change(
        "aws_launch_template.nodes",
        { metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1 }] },
        { metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 2 }] },
      ),
      change(
        "aws_launch_template.nodes",
        { metadata_options: [{ http_tokens: "required" }] },
        { metadata_options: [{ http_tokens: "optional" }] },
      ),
      rolePolicy({ ...pull, Resource: "a" }, { ...pull, Resource: ["a", "b"] }),
      rolePolicy(
        { ...pull, Resource: "a" },
        { Action: ["ecr:BatchGetImage", "ecr:PutImage"], Resource: "a" },
      ),
      rolePolicy({ ...pull, Resource: "a*" }, { ...pull, Resource: "*" }),
      rolePolicy({ ...pull, Resource: "*", ...inOrganization }, { ...pull, Resource: "*" }),
      rolePolicy({ NotAction: ["iam:*", "kms:*"], Resource: "*" }, { NotAction: ["iam:*"], Resource: "*" }),
      rolePolicy({ ...pull, Effect: "Deny", Resource: "*" }, { ...pull, Effect: "Deny", Resource: "a" }),
      repositoryPolicy(null, policy({ ...pull, Principal: own })),
      repositoryPolicy(policy({ ...pull, Effect: "Deny", Principal: "*" }), null),
      change("aws_iam_role_policy.new", null, { role: "old", policy: policy({ ...pull, Resource: "*" }) }),
      change("aws_iam_role.web", inline({ ...pull, Resource: "a" }), inline({ ...pull, Resource: "*" })),
      change("aws_iam_role.web", inline(), inline({ ...pull, Resource: "a" })),
      change("aws_iam_role.web", inline({ ...pull, Effect: "Deny", Resource: "*" }), inline()),
      change("aws_iam_role.web", inline(), { ...trusted(ecs), inline_policy: [{ name: "a", policy: "{" }] }),
      unknownIn(oneChange("aws_iam_role.web", inline(), inline()), "inline_policy"),
      change("aws_iam_role.web", managed("a"), managed("a", "b")),
      invoke(null, fromBucket),
      invoke(fromBucket, fromS3),
      invoke(fromBucket, { ...fromBucket, action: "lambda:*" }),
      grant(null, decrypting(ownRole)),
      grant(decrypting(ownRole), decrypting(ownRole, { operations: ["Decrypt", "Encrypt"] })),
      grant(decrypting(ownRole, withContext({ team: "a" })), decrypting(ownRole)),
    ],
    passes: [
      change("aws_ecs_service.web", { enable_execute_command: true }, { enable_execute_command: false }),
      change("aws_ecs_task_definition.web", { task_role_arn: "a" }, {}),
      change("aws_ecs_task_definition.web", null, {
        task_role_arn: "a",
        ...containers({ privileged: true }),
      }),
      change("aws_ecs_task_definition.web", containers(withCapability("add")), containers(hardened)),
      change("aws_ecs_task_definition.web", containers(hardened), {
        container_definitions: JSON.stringify([{ name: "proxy" }, { name: "web", ...hardened }]),
      }),
      rolePolicy({ ...pull, Resource: "*" }, { ...pull, Resource: "a" }),
      rolePolicy({ Action: "ecr:*", Resource: "*" }, { ...pull, Resource: "*" }),
      rolePolicy({ ...pull, Resource: "*" }, { ...pull, Resource: "*", ...inOrganization }),
      rolePolicy({ ...pull, Effect: "Deny", Resource: "a" }, { ...pull, Effect: "Deny", Resource: "*" }),
      change("aws_iam_role.web", inline({ ...pull, Resource: "*" }), inline({ ...pull, Resource: "a" })),
      change(
        "aws_iam_role.web",
        inline({ ...pull, Resource: "a" }, { ...pull, Resource: "b" }),
        inline({ ...pull, Resource: ["b", "a"] }),
      ),
      change("aws_iam_role.web", null, inline({ ...pull, Resource: "*" })),
      change("aws_iam_role.web", managed("a", "b"), managed("b")),
      change("aws_iam_role.web", null, managed("a")),
      invoke(fromS3, fromBucket),
      invoke(fromBucket, null),
      reviewed([
        oneChange("aws_lambda_permission.thumbnails", null, invoking(fromBucket)),
        oneChange("aws_lambda_function.thumbnails", null, { name: "acme-dev-thumbnails" }),
      ]),
      grant(decrypting(ownRole), decrypting(ownRole, withContext({ team: "a" }))),
      grant(
        decrypting(ownRole, { operations: ["Decrypt", "Encrypt"] }),
        decrypting(ownRole, { constraints: [{ encryption_context_equals: { team: "a" } }] }),
      ),
      grant(decrypting(ownRole), null),
      reviewed([
        oneChange("aws_iam_role_policy.new", null, {
          role: "new",
          policy: policy({ ...pull, Resource: "*" }),
        }),
        oneChange("aws_iam_role.new", null, { name: "new" }),
      ]),
    ],
  },
  scanning: reversible(
    "aws_ecr_repository.api",
    { image_scanning_configuration: [{ scan_on_push: true }] },
    { image_scanning_configuration: [{ scan_on_push: false }] },
  ),
  "deletion-window": both(
    reversible("aws_kms_key.images", { deletion_window_in_days: 30 }, { deletion_window_in_days: 7 }),
    reversible("aws_kms_replica_key.images", {}, { deletion_window_in_days: 7 }),
    reversible(
      "aws_secretsmanager_secret.db",
      { recovery_window_in_days: 30 },
      { recovery_window_in_days: 0 },
    ),
  ),
  "key-rotation": both(
    reversible("aws_kms_key.images", { enable_key_rotation: true }, { enable_key_rotation: false }),
    ...[
      [90, 365],
      [90, undefined],
      [undefined, 730],
    ].map(([often, seldom]) =>
      reversible(
        "aws_kms_key.images",
        { enable_key_rotation: true, rotation_period_in_days: often },
        { enable_key_rotation: true, rotation_period_in_days: seldom },
      ),
    ),
  ),
  "deletion-guard": both(
    reversible("aws_ecr_repository.api", { force_delete: false }, { force_delete: true }),
    reversible("aws_s3_bucket.logs", { force_destroy: false }, { force_destroy: true }),
    reversible("aws_lb.web", { enable_deletion_protection: true }, { enable_deletion_protection: false }),
    reversible("aws_eks_cluster.batch", { deletion_protection: true }, { deletion_protection: false }),
  ),
  rollout: both(
    reversible(
      "aws_ecs_service.web",
      { alarms: [{ alarm_names: ["a", "b"] }] },
      { alarms: [{ alarm_names: ["a"] }] },
    ),
    reversible("aws_ecs_service.web", { alarms: [{ enable: true }] }, { alarms: [{ enable: false }] }),
    reversible("aws_ecs_service.web", { deployment_circuit_breaker: [{ rollback: true }] }, {}),
    reversible(
      "aws_ecs_task_definition.web",
      containers({ healthCheck: { command: ["CMD", "true"] } }),
      containers({}),
    ),
    reversible("aws_ecs_service.web", deployedBy("CANARY"), deployedBy("BLUE_GREEN")),
    reversible("aws_ecs_service.web", deployedBy("LINEAR", "15"), deployedBy("LINEAR", "0")),
    reversible(
      "aws_ecs_service.web",
      { ...deployedBy("LINEAR"), load_balancer: [{ advanced_configuration: [{ role_arn: "r" }] }] },
      { ...deployedBy("LINEAR"), load_balancer: [{ advanced_configuration: [] }] },
    ),
    {
      stops: [reviewed([replacedBy("capacity_provider_strategy")])],
      passes: [reviewed([replacedBy("cluster")])],
    },
  ),
  audit: both(
    {
      stops: ["aws_flow_log.a", "aws_cloudwatch_event_rule.a", "aws_sns_topic_subscription.a"].map(
        (address) => change(address, { id: "a" }, null),
      ),
      passes: [change("aws_flow_log.a", null, { id: "a" })],
    },
    {
      stops: [change("aws_cloudwatch_event_target.a", { rule: "r" }, null)],
      passes: [change("aws_cloudwatch_event_target.a", { rule: "r" }, { rule: "r", input: "{}" })],
    },
    ...["ACCEPT", "REJECT"].map((traffic_type) =>
      reversible("aws_flow_log.a", { traffic_type: "ALL" }, { traffic_type }),
    ),
    reversible("aws_cloudwatch_event_rule.a", { state: "ENABLED" }, { state: "DISABLED" }),
    reversible("aws_ecs_cluster.web", sessionLog({ logging: "OVERRIDE" }), sessionLog({ logging: "NONE" })),
    reversible("aws_lambda_function.resize", { dead_letter_config: [{ target_arn: "q" }] }, {}),
    reversible(
      "aws_lambda_function.resize",
      { tracing_config: [{ mode: "Active" }] },
      { tracing_config: [{ mode: "PassThrough" }] },
    ),
    reversible(
      "aws_scheduler_schedule.nightly",
      { target: [{ dead_letter_config: [{ arn: "q" }] }] },
      { target: [{}] },
    ),
    reversible(
      "aws_eks_cluster.batch",
      { enabled_cluster_log_types: ["api", "audit"] },
      { enabled_cluster_log_types: ["api"] },
    ),
  ),
  "access-loss": {
    stops: [
      repositoryPolicy(policy({ ...pull, Principal: other }), null),
      repositoryPolicy(policy({ ...pull, Principal: other }), policy({ ...pull, Principal: own })),
    ],
    passes: [
      repositoryPolicy(policy({ ...pull, Principal: other }), policy({ Action: "ecr:*", Principal: other })),
      repositoryPolicy(null, policy({ ...pull, Principal: other })),
      reviewed([
        oneChange(
          "aws_ecr_repository_policy.api",
          { repository: "a", policy: policy({ ...pull, Principal: other }) },
          null,
        ),
        oneChange("aws_ecr_repository.api", { name: "a" }, null),
      ]),
    ],
  },
  destruction: {
    stops: [
      change("aws_subnet.a", { id: "a" }, null),
      change("aws_scheduler_schedule.nightly", { state: "ENABLED" }, { state: "DISABLED" }),
      change("aws_ecs_service.web", { desired_count: 2 }, { desired_count: 0 }),
    ],
    passes: [
      change("aws_scheduler_schedule.nightly", { state: "DISABLED" }, { state: "ENABLED" }),
      change("aws_scheduler_schedule.nightly", null, { state: "DISABLED" }),
      change("aws_ecs_service.web", { desired_count: 2 }, { desired_count: 1 }),
      change("aws_kms_key.images", { description: "a" }, null),
      change("aws_subnet.a", null, { id: "a" }),
    ],
  },
  "stack-settings": {
    stops: [{ ...nothing, settings: ['provider.aws.region: "us-east-1" -> "us-west-2"'] }],
    passes: [nothing],
  },
  "abandoned-stack": {
    stops: [{ ...nothing, abandoned: 3 }],
    passes: [nothing],
  },
};
