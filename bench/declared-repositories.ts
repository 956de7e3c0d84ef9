type Json = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Json>>;

/** What a stack declares about its repositories: one line for each, with name, scan on push and lifecycle policy. */
export function declaredInTerraform({ resource = {} }: Json): string[] {
  const { aws_ecr_repository: repositories = {}, aws_ecr_lifecycle_policy: policies = {} } =
    resource as Readonly<Record<string, Blocks>>;
  const policyOf = new Map(Object.values(policies).map(({ repository, policy }) => [repository, policy]));
  return Object.entries(repositories).map(([id, { name, image_scanning_configuration: scanning }]) =>
    line(name, scanning, "scan_on_push", policyOf.get(`\${aws_ecr_repository.${id}.name}`)),
  );
}

/** As {@link declaredInTerraform}, of a CloudFormation template. */
export function declaredInCloudFormation({ Resources = {} }: Json): string[] {
  return Object.values(Resources as Blocks)
    .filter(({ Type }) => Type === "AWS::ECR::Repository")
    .map(({ Properties }) => {
      const { RepositoryName, ImageScanningConfiguration, LifecyclePolicy } = Properties as Json;
      const policy = (LifecyclePolicy as Json | undefined)?.["LifecyclePolicyText"];
      return line(RepositoryName, ImageScanningConfiguration, "ScanOnPush", policy);
    });
}

const line = (name: unknown, scanning: unknown, scanOnPush: string, policy: unknown): string =>
  `${name} scan=${(scanning as Json | undefined)?.[scanOnPush] ?? false} ${policy ?? "no policy"}`;
