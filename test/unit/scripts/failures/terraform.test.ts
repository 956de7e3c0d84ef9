import { expect, test } from "vitest";
import { terraformProblem } from "../../../../scripts/failures/terraform";

const run = {
  stack: "compute-prod",
  directory: "cdktf.out/stacks/compute-prod",
  environment: { name: "prod", accountId: "987654321098" },
};

const explained = (printed: string) => terraformProblem(printed, run);

// What Terraform 1.11.4 prints, with the S3 backend and the AWS provider.
const lockInfo = `Lock Info:
  ID:        5f1c7c7e-1c2a-4d2e-9a3b-7d6c5b4a3f2e
  Path:      myproject-prod-tfstate/myproject/compute-prod/terraform.tfstate
  Operation: OperationTypeApply
  Who:       alice@laptop
  Version:   1.11.4
  Created:   2026-11-28 20:00:00.123456 +0000 UTC
  Info:`;
const held = `
Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error
StatusCode: 412, RequestID: 4xIR5rdnMWlDzfqbWpmbLXf5o3MCh9VEoWXItsI8LLirjYKjOsa8, api error PreconditionFailed: At least one of the
pre-conditions you specified did not hold
`;

test.each([
  ["the wrong account", "Error: Invalid account ID\n\nAWS account ID not allowed: 123456789012"],
  [
    "the wrong account, at the provider",
    "Error: AWS account ID not allowed: 123456789012\n\n  with provider",
  ],
])("with credentials of %s, both accounts are named", (_, printed) => {
  expect(explained(printed)).toBe(
    "The AWS credentials belong to account 123456789012, but prod is in 987654321098; use credentials of 987654321098, or set deployRole. To see whose credentials are used: aws sts get-caller-identity",
  );
});

test("a repository that exists already is moved from another state, or imported", () => {
  expect(
    explained(
      "Error: creating ECR Repository (myproject-prod-web): operation error ECR: CreateRepository, RepositoryAlreadyExistsException: The repository with name 'myproject-prod-web' already exists",
    ),
  ).toBe(
    "A repository that compute-prod would create exists, and is not in its state. If ecr.stateShards has changed, move it there: npm run shards -- --env prod. Otherwise import it: npm run imports -- prod --layer compute",
  );
});

test("a held lock is explained with its holder and the command that releases it", () => {
  expect(explained(`${held}${lockInfo}`)).toBe(
    "The state of compute-prod is locked by alice@laptop since 2026-11-28 20:00:00.123456; wait until that run ends, then rerun the command. If it no longer runs: terraform -chdir=cdktf.out/stacks/compute-prod force-unlock 5f1c7c7e-1c2a-4d2e-9a3b-7d6c5b4a3f2e",
  );
});

test("a held lock is explained also in a box and in colors, and without details", () => {
  const boxed = `${held}${lockInfo}`.replace(/^/gm, "\u001b[31m│\u001b[0m ");

  expect(explained(boxed)).toBe(explained(`${held}${lockInfo}`));
  expect(explained(held)).toBe(
    "The state of compute-prod is locked by another run; wait until that run ends, then rerun the command. If it no longer runs: terraform -chdir=cdktf.out/stacks/compute-prod force-unlock <ID from the message above>",
  );
});

test.each([
  [
    "Unsupported state file format: The state file could not be parsed as JSON",
    "The state of compute-prod is damaged, ",
  ],
  [
    "Error: Failed to load state: invalid syntax: unexpected end of JSON input",
    "cdktf.out/stacks/compute-prod/.terraform is",
  ],
  [
    "Error: failed to read dependency lock file: 2 problems:",
    "cdktf.out/stacks/compute-prod/.terraform.lock.hcl is damaged, ",
  ],
])("a half-written file: %s", (printed, sentence) => {
  expect(
    explained(`Error: Error acquiring the state lock\n\nError message: ${printed}`)?.startsWith(sentence),
  ).toBe(true);
});

test("another error while a lock is taken is no held lock", () => {
  expect(
    explained("Error: Error acquiring the state lock\n\nError message: dial tcp: i/o timeout"),
  ).toBeUndefined();
});

test("credentials that may not write the lock are no held lock", () => {
  const denied = held
    .replace("StatusCode: 412", "StatusCode: 403")
    .replace("PreconditionFailed", "AccessDenied");

  expect(explained(denied)).toContain("do not allow locking the state of compute-prod");
});

test.each([
  [
    "This configuration does not support Terraform version 1.5.7. To proceed, either choose",
    "Terraform 1.5.7",
  ],
  [
    "This configuration does not support\nTerraform version 1.11.0-beta1. To proceed,",
    "Terraform 1.11.0-beta1",
  ],
  ["This configuration does not support OpenTofu version 1.8.2. To proceed,", "OpenTofu 1.8.2"],
])("fails with the version that is installed and the one that is needed: %s", (printed, found) => {
  expect(explained(`Error: Unsupported Terraform Core version\n\n${printed}`)).toBe(
    `This is ${found}; install Terraform 1.11 or later, or set TERRAFORM_BINARY_NAME to one that is installed.`,
  );
});

test("an initialized folder whose state is elsewhere now is explained with both commands", () => {
  expect(explained("Error: Backend configuration changed\n\nA change in the backend")).toBe(
    "cdktf.out/stacks/compute-prod was initialized for another state location. To move the state of compute-prod to the new one: terraform -chdir=cdktf.out/stacks/compute-prod init -migrate-state. If the state is there already: terraform -chdir=cdktf.out/stacks/compute-prod init -reconfigure",
  );
});

test("a state that could not be saved comes first, whatever the reason", () => {
  const printed =
    'Error: Failed to save state\n\nError saving state: ExpiredToken\n\nError: Failed to persist state to backend\n\nthe state has been written to the file "errored.tfstate"';

  expect(explained(printed)).toContain("state push errored.tfstate, before anything else.");
});

test.each([
  "Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions",
  "could not connect to registry.terraform.io: dial tcp: lookup",
])("a provider that cannot be downloaded: %s", (printed) => {
  expect(explained(printed)).toMatch(/^Terraform cannot download the AWS provider; /);
});

test.each([
  ["mkdir .terraform: no space left on device", "The disk is full; "],
  ["write errors: disk quota exceeded", "The disk is full; "],
  [
    "Error: open .terraform.lock.hcl: read-only file system",
    "cdktf.out/stacks/compute-prod is on a read-only",
  ],
  [
    "Error: open /x/.terraform.lock.hcl: permission denied",
    "cdktf.out/stacks/compute-prod cannot be written; ",
  ],
])("a disk problem: %s", (printed, sentence) => {
  expect(explained(printed)?.startsWith(sentence)).toBe(true);
});

test.each([
  "Error: creating ECR Lifecycle Policy: RepositoryNotFoundException",
  "Error: Instance cannot be destroyed",
  "Error: reading SSM Parameter: AccessDeniedException: permission denied by policy",
  "",
])("what is in the configuration or in AWS is left to Terraform's own words: %s", (printed) => {
  expect(explained(printed)).toBeUndefined();
});

test("a Region that repositories are no longer replicated to is named, with the option that keeps its provider", () => {
  const error = (name: string, region: string) => `
Error: Provider configuration not present

To work with ${name} (orphan) its original
provider configuration at
provider["registry.terraform.io/hashicorp/aws"].${region} is required, but it
has been removed. This occurs when a provider configuration is removed while
objects created by that provider still exist in the state.
`;

  expect(
    explained(
      error("aws_ecr_repository.us-west-2_web-app", "us-west-2") +
        error("aws_ecr_repository.eu-west-1_web-app", "eu-west-1"),
    ),
  ).toMatchInlineSnapshot(
    `"compute-prod still has resources in eu-west-1, us-west-2, but prod no longer replicates there; add these Regions to ecr.formerReplicaRegions, deploy, and remove them again."`,
  );
});

test("a service that has tasks on Spot, but no capacity in the file any more, is explained with the option", () => {
  const refused = `
Error: force_new_deployment should be true when capacity_provider_strategy is being updated

  with aws_ecs_service.ecs_services_web_service_0123ABCD,
  on cdk.tf.json line 30, in resource.aws_ecs_service
`;

  expect(explained(refused)).toBe(
    "A service of compute-prod runs tasks on Fargate Spot, and its environment file no longer has capacity; set capacity: { spotWeight: 0 }, deploy, and then remove it.",
  );
});

test("a layer whose outputs are read, and that was never deployed, is named with the command", () => {
  const error = (source: string) =>
    `Error: Unable to find remote state\n\n  with data.terraform_remote_state.${source},\n  on cdk.tf.json line 30\n`;
  const run = {
    stack: "compute-dev",
    directory: "x",
    environment: { name: "dev", accountId: "111122223333" },
  };

  expect(terraformProblem(error("security"), run)).toBe(
    "compute-dev reads the outputs of a layer that was never deployed; deploy it first: npm run deploy -- dev --layer security",
  );
  expect(terraformProblem(error("security_my-env") + error("security_qa"), run)).toContain(
    "npm run deploy -- my-env --layer security, npm run deploy -- qa --layer security",
  );
  expect(terraformProblem(error("other"), run)).toBeUndefined();
});
