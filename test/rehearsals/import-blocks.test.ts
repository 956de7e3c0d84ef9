import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planned, savedPlans } from "../support/commands/planned";
import { recordTerraform } from "../support/commands/recorder";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** Import blocks after a kill, with a Terraform that says which resources exist. */
describeWithTerraform("imports", () => {
  let workspace: Workspace;
  const file = "cdktf.out/stacks/compute-dev/imports.tf.json";

  /** An AWS that has nothing of what it is asked for. */
  const aws = createServer((_, response) => response.end("<Response/>"));

  beforeAll(async () => {
    await once(aws.listen(0, "127.0.0.1"), "listening");
    workspace = new Workspace({
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    for (const name of ["dev", "prod"])
      workspace.edit(`environments/${name}.ts`, /state: \{.*\}/, 'state: { backend: "local" }');
    await workspace.compile();
  });
  afterAll(() => {
    workspace.remove();
    aws.close();
  });

  /** Shell of a Terraform that refuses every import but those of two repositories, one of them in the state already. */
  const simulated = `folder="\${1#-chdir=}"
case "$2" in
init) exit 0;;
state) [ "$3" = pull ] && echo '{}' || echo aws_ecr_repository.worker; exit 0;;
plan) missing=$(sed -n 's/.*"to": "\\(.*\\)",/\\1/p' "$folder/imports.tf.json" | grep -v '^aws_ecr_repository.web-app$')
  [ -z "$missing" ] && exit 0
  for address in $missing; do printf 'Error: Cannot import non-existent remote object\\n\\nWhile attempting to import an existing object to\\n"%s", the provider detected\\n' "$address" >&2; done
  exit 1;;
esac`;

  test("a resource that exists and is not in the state gets an import block, which the next deploy carries out", async () => {
    const terraform = recordTerraform(workspace, simulated);

    const { code, stdout, stderr } = await workspace.command(
      ["imports", "dev", "--layer", "compute"],
      terraform.variables,
    );

    expect([code, stdout]).toEqual([
      0,
      `compute-dev: 1 to import
  aws_ecr_repository.web-app
  written to ${file}
To import them: npm run deploy -- dev --layer compute
`,
    ]);
    expect(stderr).toMatchInlineSnapshot(`
      "compute-dev: not in the state, and AWS has not exactly one that fits:
        aws_security_group.ecs_services_api-service_firewall: none
        aws_security_group.ecs_services_web-app_firewall: none
        aws_vpc_security_group_egress_rule.ecs_services_api-service_firewall: none
        aws_vpc_security_group_egress_rule.ecs_services_api-service_firewall_https: none
        aws_vpc_security_group_egress_rule.ecs_services_web-app_firewall: none
        aws_vpc_security_group_egress_rule.ecs_services_web-app_firewall_https: none
        aws_vpc_security_group_ingress_rule.ecs_services_api-service_firewall_in_8080: none
        aws_vpc_security_group_ingress_rule.ecs_services_web-app_firewall_in_8080: none
      "
    `);
    expect(JSON.parse(readFileSync(join(workspace.folder, file), "utf8"))).toEqual({
      import: [{ to: "aws_ecr_repository.web-app", id: "myproject-dev-web-app" }],
    });

    const deploying = recordTerraform(
      workspace,
      `case "$2" in output) echo '{}'; exit 0;; esac\n${planned()}`,
    );
    await workspace.command(["deploy", "dev", "--auto-approve"], deploying.variables);

    expect(existsSync(join(workspace.folder, file))).toBe(false);
  });

  test("fails when AWS cannot be asked, and leaves no import block", async () => {
    const terraform = recordTerraform(workspace, simulated);

    const { code, stderr } = await workspace.command(["imports", "dev", "--layer", "compute"], {
      ...terraform.variables,
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_MAX_ATTEMPTS: "1",
    });

    expect([code, stderr]).toEqual([
      1,
      "compute-dev: AWS cannot be asked which aws_security_group exist in us-east-1: Error: connect ECONNREFUSED 127.0.0.1:1\n",
    ]);
    expect(existsSync(join(workspace.folder, file))).toBe(false);
  });

  test("fails with Terraform's words when the plan fails for another reason, and leaves no import block", async () => {
    const failing = simulated.replace(
      'case "$2" in',
      'case "$2" in plan) echo "Error: broken" >&2; exit 1;;',
    );
    const terraform = recordTerraform(workspace, failing);

    const { code, stderr } = await workspace.command(
      ["imports", "dev", "--layer", "compute"],
      terraform.variables,
    );

    expect([code, stderr]).toEqual([
      1,
      "Error: broken\ncompute-dev: terraform plan failed with exit code 1.\n",
    ]);
    expect(existsSync(join(workspace.folder, file))).toBe(false);
  });

  test("a replica that exists with other encryption is not imported, because Terraform would replace it with its images", async () => {
    const replaced = "aws_ecr_repository.us-west-2_web-app";
    const change = {
      address: replaced,
      mode: "managed",
      type: "aws_ecr_repository",
      change: {
        actions: ["delete", "create"],
        before: { name: "myproject-prod-web-app", encryption_configuration: [{ encryption_type: "AES256" }] },
        after: { name: "myproject-prod-web-app", encryption_configuration: [{ encryption_type: "KMS" }] },
        after_unknown: {},
        before_sensitive: {},
        after_sensitive: {},
        replace_paths: [["encryption_configuration", 0, "encryption_type"]],
        importing: { id: "myproject-prod-web-app" },
      },
    };
    const plan = JSON.stringify({ format_version: "1.2", resource_changes: [change] });
    const terraform = recordTerraform(
      workspace,
      `folder="\${1#-chdir=}"
imports="$folder/imports.tf.json"
case "$2" in
init) exit 0;;
state) [ "$3" = pull ] && echo '{}'; exit 0;;
show) grep -q '"${replaced}"' "$imports" && echo '${plan}' || echo '{"format_version":"1.2"}'; exit 0;;
plan) echo secret > "$folder/\${args##*-out=}"
  missing=$(sed -n 's/.*"to": "\\(.*\\)",/\\1/p' "$imports" | grep -v '\\.us-west-2_')
  for address in $missing; do printf 'Error: Cannot import\\n\\nWhile attempting to import an existing object to\\n"%s", the provider detected\\n' "$address" >&2; done
  [ -n "$missing" ] && exit 1
  grep -q '"${replaced}"' "$imports" && { echo 'Error: Instance cannot be destroyed' >&2; exit 1; }
  exit 0;;
esac`,
    );

    const { code, stdout, stderr } = await workspace.command(
      ["imports", "prod", "--layer", "replicas"],
      terraform.variables,
    );

    expect(code, stderr).toBe(1);
    expect(stdout).toContain("  aws_ecr_repository.us-west-2_api-service\n");
    expect(stdout).not.toContain(`${replaced}\n`);
    expect(stderr).toBe(
      `replicas-prod: these exist, but cannot become what the stack declares: Terraform would delete them with their content and create new ones. They are not imported; see "Replicas that exist already" in docs/how-to/replication.md.
  ${replaced}: encryption_configuration[0].encryption_type: "AES256" -> "KMS"
`,
    );
    const written = readFileSync(
      join(workspace.folder, "cdktf.out/stacks/replicas-prod/imports.tf.json"),
      "utf8",
    );
    expect(written).not.toContain(`"${replaced}"`);
    expect(savedPlans(workspace)).toEqual([]);
  });
});
