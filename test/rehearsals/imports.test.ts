import {
  CreateLaunchTemplateCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { finish } from "../../exit-guard";
import { findChosenIds } from "../../scripts/imports/chosen-ids";
import { providerPlaces } from "../../scripts/imports/provider-place";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import type { Workspace } from "../support/emulator/workspace";

// The commands' code fails a process that ends without this. This one is no command.
afterAll(() => finish(0));

/** Import blocks that real Terraform accepts or refuses. */
describeWithTerraform("imports", () => {
  let opened: EmulatedAccount;
  let workspace: Workspace;
  let account: EmulatedAccount["variables"];

  beforeAll(async () => {
    opened = await EmulatedAccount.open("123456789012");
    ({ workspace, variables: account } = opened);
    const s3 = new S3Client({ ...clientConfig(account), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "myproject-dev-tfstate-123456789012" }));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await opened?.close();
  });

  test("a bucket that a killed run has made is found and imported, and what does not exist is created", async () => {
    const found = await workspace.command(["imports", "dev", "--layer", "bootstrap"]);
    const deployed = await workspace.command(["deploy", "dev", "--layer", "bootstrap", "--auto-approve"]);
    const again = await workspace.command(["imports", "dev", "--layer", "bootstrap"]);

    expect(found.code, found.stderr).toBe(0);
    expect(found.stdout).toContain("  aws_s3_bucket.state\n");
    expect(found.stdout).not.toContain("aws_s3_bucket_policy.state");
    expect(deployed.code, deployed.stderr).toBe(0);
    expect(deployed.stdout).toMatch(/[1-9]\d* to import/);
    expect([again.code, again.stdout]).toEqual([0, "bootstrap-dev: 0 to import\n"]);
  });

  test("load balancers, listeners, secrets and launch templates are found by name, target groups by name and tags", async () => {
    const config = clientConfig(account);
    const ec2 = new EC2Client(config);
    const elb = new ElasticLoadBalancingV2Client(config);
    const secrets = new SecretsManagerClient(config);
    const { Vpc: { VpcId } = {} } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const subnets = ["a", "b"].map((zone, index) => ({
      VpcId,
      CidrBlock: `10.0.${index}.0/24`,
      AvailabilityZone: `us-east-1${zone}`,
    }));
    const created = await Promise.all(subnets.map((subnet) => ec2.send(new CreateSubnetCommand(subnet))));
    const { LoadBalancers: [balancer] = [] } = await elb.send(
      new CreateLoadBalancerCommand({
        Name: "acme-web",
        Subnets: created.map(({ Subnet }) => Subnet?.SubnetId ?? ""),
      }),
    );
    const targetGroup = async (name: string, tag: string) => {
      const group = { Name: name, Protocol: "HTTP", Port: 80, VpcId, TargetType: "ip" } as const;
      const Tags = [{ Key: "Name", Value: tag }];
      const { TargetGroups } = await elb.send(new CreateTargetGroupCommand({ ...group, Tags }));
      return TargetGroups?.[0]?.TargetGroupArn ?? "";
    };
    const TargetGroupArn = await targetGroup("ecs-1", "acme-web");
    await targetGroup("ecs-2", "acme-other");
    await targetGroup("other-3", "acme-web");
    const { Listeners: [listener] = [] } = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer?.LoadBalancerArn,
        Port: 80,
        Protocol: "HTTP",
        DefaultActions: [{ Type: "forward", TargetGroupArn }],
      }),
    );
    const { ARN: secret } = await secrets.send(
      new CreateSecretCommand({ Name: "acme/password", SecretString: "x" }),
    );
    const { LaunchTemplate: template } = await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: "acme-general",
        LaunchTemplateData: { InstanceType: "t3.small" },
      }),
    );
    const resources = {
      aws_launch_template: { general: { name: "acme-general" } },
      aws_lb: { web: { name: "acme-web" }, none: { name: "acme-none" } },
      aws_lb_listener: {
        http: { load_balancer_arn: "${aws_lb.web.arn}", port: 80 },
        https: { load_balancer_arn: "${aws_lb.web.arn}", port: 443 },
      },
      aws_lb_target_group: { web: { name_prefix: "ecs-", tags: { Name: "acme-web" } } },
      aws_secretsmanager_secret: { password: { name: "acme/password" }, none: { name: "acme/none" } },
    };
    const missing = Object.entries(resources).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    );
    for (const [name, value] of Object.entries(account)) vi.stubEnv(name, value);
    const environment = { name: "dev", accountId: "123456789012", region: "us-east-1" };

    const { ids, candidates } = await findChosenIds(
      { stack: "compute-dev", environment },
      missing,
      { resources, account: { ...environment, partition: "aws" }, places: new Map() },
      [],
    );

    expect(Object.fromEntries(ids)).toEqual({
      "aws_launch_template.general": template?.LaunchTemplateId,
      "aws_lb.web": balancer?.LoadBalancerArn,
      "aws_lb_listener.http": listener?.ListenerArn,
      "aws_lb_target_group.web": TargetGroupArn,
      "aws_secretsmanager_secret.password": secret,
    });
    expect(Object.fromEntries(candidates)).toEqual({
      "aws_lb.none": [],
      "aws_lb_listener.https": [],
      "aws_secretsmanager_secret.none": [],
    });
  });

  test("a key is found in the Region of its provider configuration, though another Region has its alias too", async () => {
    for (const [name, value] of Object.entries(account)) vi.stubEnv(name, value);
    const keys: Record<string, string> = {};
    for (const region of ["us-east-1", "us-west-2", "eu-west-1"]) {
      const kms = new KMSClient(clientConfig(account, region));
      const { KeyMetadata: { KeyId = "" } = {} } = await kms.send(new CreateKeyCommand({}));
      await kms.send(new CreateAliasCommand({ AliasName: "alias/acme-ecr", TargetKeyId: KeyId }));
      keys[region] = KeyId;
    }
    const names = ["here", "west", "europe", "south"];
    const provider = (name: string) => (name === "here" ? {} : { provider: `aws.${name}` });
    const resources = {
      aws_kms_key: Object.fromEntries(names.map((name) => [name, provider(name)])),
      aws_kms_alias: Object.fromEntries(
        names.map((name) => [
          name,
          { ...provider(name), name: "alias/acme-ecr", target_key_id: `\${aws_kms_key.${name}.key_id}` },
        ]),
      ),
    };
    const places = providerPlaces(
      [
        { region: "us-east-1" },
        { alias: "west", region: "us-west-2" },
        { alias: "europe", region: "eu-west-1" },
        { alias: "south", region: "sa-east-1" },
      ],
      "us-east-1",
    );
    const environment = { name: "dev", accountId: "123456789012", region: "us-east-1" };

    const { ids, candidates } = await findChosenIds(
      { stack: "security-dev", environment },
      names.map((name) => `aws_kms_key.${name}`),
      { resources, account: { ...environment, partition: "aws" }, places },
      [],
    );

    expect(Object.fromEntries(ids)).toEqual({
      "aws_kms_key.here": keys["us-east-1"],
      "aws_kms_key.west": keys["us-west-2"],
      "aws_kms_key.europe": keys["eu-west-1"],
    });
    expect(Object.fromEntries(candidates)).toEqual({ "aws_kms_key.south": [] });
  });
});
