import { expect, test } from "vitest";
import { weakeningsIn } from "../../../../scripts/review/weakenings";
import { realChange, weakeningPlan } from "../../../support/review/real-plan";

const accountId = "123456789012";
const plan = weakeningPlan;

/** What a resource's change makes weaker. */
const textsOf = (address: string): string[] =>
  weakeningsIn({ plan, accountId }).flatMap((found) => (found.address === address ? [found.text] : []));

test("everything that becomes weaker is found, and nothing that becomes stronger", () => {
  const found = weakeningsIn({ plan, accountId });

  expect(found.map(({ name, text }) => `${name}: ${text}`)).toMatchInlineSnapshot(`
    [
      "/ecs/limited: kms_key_id: "arn:aws:kms:us-east-1:123456789012:key/1" -> null; new log events are no longer encrypted with a customer managed key",
      "/ecs/limited: retention_in_days: 0 -> 30; older log events are deleted",
      "/ecs/short: retention_in_days: 365 -> 30; older log events are deleted",
      "myproject-dev-kept: new rule 1 (expire, any): imageCountMoreThan 10",
      "myproject-dev-weaker: rule 1 (expire, any): imageCountMoreThan 50 -> 1; it will apply to images that it keeps now",
      "aws_ecr_registry_policy.policy: account 777788889999 gains ecr:CreateRepository, ecr:ReplicateImage on arn:aws:ecr:us-east-1:123456789012:repository/myproject-other-*",
      "aws_ecr_replication_configuration.replication: account 444455556666 gets copies of images",
      "myproject-dev-weaker: image_tag_mutability: "IMMUTABLE" -> "MUTABLE"; tags that were immutable can be overwritten",
      "myproject-dev-weaker: image_scanning_configuration[0].scan_on_push: true -> false; pushed images are not scanned",
      "myproject-dev-weaker: force_delete: false -> true; deleting the repository also deletes its images",
      "myproject-dev-stronger: account 111122223333 loses ecr:GetDownloadUrlForLayer",
      "myproject-dev-stronger: lambda.amazonaws.com loses ecr:BatchGetImage, ecr:GetDownloadUrlForLayer",
      "myproject-dev-weaker: account 111122223333 gains ecr:PutImage",
      "myproject-dev-weaker: account 444455556666 gains ecr:BatchGetImage, ecr:GetDownloadUrlForLayer",
      "myproject-dev-weaker: everyone gains ecr:BatchGetImage, if StringEquals aws:PrincipalOrgID = o-1234567890",
      "myproject-dev-weaker: the Deny statement D is removed or changed",
      "fl-1: is destroyed; connections are no longer logged",
      "myproject-dev-web: arn:aws:iam::444455556666:role/x gains sts:AssumeRole",
      "myproject-dev-web: permissions_boundary: "arn:aws:iam::123456789012:policy/b" -> null; nothing limits the role's policies",
      "Images: account 444455556666 gains kms:Decrypt",
      "Images: deletion_window_in_days: 30 -> 7; less time to cancel a deletion",
      "Images: enable_key_rotation: true -> false; KMS no longer rotates the key",
      "b: block_public_policy: true -> false; S3 no longer blocks public access to the bucket",
      "b: versioning_configuration[0].status: "Enabled" -> "Suspended"; overwritten objects cannot be restored",
      "myproject-dev/db: recovery_window_in_days: 30 -> 0; less time to restore a deleted secret",
    ]
  `);
  expect(found.filter(({ address }) => /stronger|longer|fresh|event_delivery/.test(address))).toEqual([]);
});

test("policies of a repository that goes too are not named", () => {
  expect(realChange("aws_ecr_repository_policy.gone", plan).change.actions).toEqual(["delete"]);
  expect(textsOf("aws_ecr_repository_policy.gone")).toEqual([]);
  const alone = { ...plan, resource_changes: [realChange("aws_ecr_repository_policy.gone", plan)] };
  expect(weakeningsIn({ plan: alone, accountId }).map(({ text }) => text)).toEqual([
    "account 111122223333 loses ecr:BatchGetImage, ecr:GetDownloadUrlForLayer",
  ]);
});

test.each([
  [["delete"], "is destroyed"],
  [["delete", "create"], "is replaced"],
])("with %j a log group loses its events", (actions, expected) => {
  const { change, ...rest } = realChange("aws_cloudwatch_log_group.longer", plan);
  const gone = { ...rest, change: { ...change, actions, after: actions.length > 1 ? change.after : null } };

  expect(weakeningsIn({ plan: { ...plan, resource_changes: [gone] }, accountId })).toEqual([
    expect.objectContaining({ name: "/ecs/longer", text: `${expected}; its log events are deleted` }),
  ]);
});

test("a policy that is known only after apply is shown as such", () => {
  const { change, ...rest } = realChange("aws_ecr_repository_policy.weaker", plan);
  const unknown = {
    ...rest,
    change: { ...change, after: { repository: "x" }, after_unknown: { policy: true } },
  };

  const [found] = weakeningsIn({ plan: { ...plan, resource_changes: [unknown] }, accountId });

  expect(found?.text).toMatch(/^policy: ".*" -> \(known after apply\)$/);
});

test("a policy that is not JSON is shown as it changes", () => {
  const { change, ...rest } = realChange("aws_ecr_lifecycle_policy.weaker", plan);
  const broken = { ...rest, change: { ...change, after: { repository: "x", policy: "{" } } };

  const [found] = weakeningsIn({ plan: { ...plan, resource_changes: [broken] }, accountId });

  expect(found?.text).toMatch(/^policy: .* -> "\{"$/);
});

test("exclusions of tags weaken in the direction that they have", () => {
  const { change, ...rest } = realChange("aws_ecr_repository.kept", plan);
  const filter = [{ filter: "latest*", filter_type: "WILDCARD" }];
  const found = (mutability: string, before: object[], after: object[]) => {
    const values = (filters: object[]) => ({
      name: "x",
      image_tag_mutability: mutability,
      image_tag_mutability_exclusion_filter: filters,
    });
    const changed = { ...change, actions: ["update"], before: values(before), after: values(after) };
    return weakeningsIn({ plan: { ...plan, resource_changes: [{ ...rest, change: changed }] }, accountId })
      .length;
  };

  expect(found("IMMUTABLE_WITH_EXCLUSION", [], filter)).toBe(1);
  expect(found("IMMUTABLE_WITH_EXCLUSION", filter, [])).toBe(0);
  expect(found("MUTABLE_WITH_EXCLUSION", filter, [])).toBe(1);
  expect(found("MUTABLE_WITH_EXCLUSION", [], filter)).toBe(0);
});
