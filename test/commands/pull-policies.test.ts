import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeEnvironments } from "../support/emulator/environment-files";
import { Workspace } from "../support/emulator/workspace";

const digest = `sha256:${"0".repeat(64)}`;
const role = "arn:aws:iam::123456789012:role/acme/trial/acme-trial-ecs-execution";

/** Statements for owners of other accounts' repositories, without calling AWS. */
describe("pull-policies", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace({}, { code: false });
    const subnets = ["subnet-00000000000000001", "subnet-00000000000000002"];
    const from = (name: string) => ({
      image: { repository: `999988887777.dkr.ecr.us-east-1.amazonaws.com/${name}`, digest },
    });
    writeEnvironments(workspace, {
      trial: {
        project: "acme",
        network: { kind: "existing", vpcId: "vpc-0123456789abcdef0", privateSubnetIds: subnets },
        ecs: { services: { web: from("team/app"), tool: from("acme-shared-tool") } },
      },
      shared: {
        project: "acme",
        accountId: "999988887777",
        ecr: { repositories: { tool: { pullRoleArns: [role] } } },
      },
    });
  });
  afterAll(() => workspace.remove());

  const policies = (...args: string[]) => workspace.loaded(["ecr", "pull-policies", ...args]);

  test("an owner elsewhere gets statements, one in the project the options of its file", async () => {
    const { code, stdout, stderr } = await policies("--env", "trial");

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchInlineSnapshot(`
      "999988887777.dkr.ecr.us-east-1.amazonaws.com/acme-shared-tool, for ECS service "tool"
      In ecr.repositories.tool in environments/shared.ts: pullRoleArns: ["arn:aws:iam::123456789012:role/acme/trial/acme-trial-ecs-execution"], or allowedAccountIds with "123456789012".

      999988887777.dkr.ecr.us-east-1.amazonaws.com/team/app, for ECS service "web"
      Account 999988887777 adds these statements to the policy of team/app in us-east-1:
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "PullFromRoles",
            "Effect": "Allow",
            "Principal": {
              "AWS": [
                "arn:aws:iam::123456789012:root"
              ]
            },
            "Action": [
              "ecr:BatchGetImage",
              "ecr:GetDownloadUrlForLayer"
            ],
            "Condition": {
              "ArnEquals": {
                "aws:PrincipalArn": [
                  "arn:aws:iam::123456789012:role/acme/trial/acme-trial-ecs-execution"
                ]
              }
            }
          }
        ]
      }
      "
    `);
  });

  test("--json prints policies, which the output for people has too", async () => {
    const { code, stdout } = await policies("--env", "trial", "--json");

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      environment: "trial",
      repositories: [
        { name: "acme-shared-tool", owner: "ecr.repositories.tool in environments/shared.ts" },
        { name: "team/app", owner: null, roleArns: [role], policy: { Version: "2012-10-17" } },
      ],
    });
  });

  test("an environment without such images needs none", async () => {
    const { code, stdout } = await policies("--env", "shared");

    expect([code, stdout]).toEqual([
      0,
      "No consumer in environments/shared.ts runs an image of another account.\n",
    ]);
  });
});
