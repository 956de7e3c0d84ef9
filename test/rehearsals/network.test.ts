import { afterAll, beforeAll, expect, test } from "vitest";
import { DeployedNetwork } from "../support/emulator/deployed-network";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const net = {
  project: "myproject",
  network: {
    kind: "own",
    cidr: "10.20.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "single",
    endpoints: ["ecr.api", "ecr.dkr", "s3", "logs"],
  },
};

/** An environment with a VPC of its own. The tests build on each other, in this order. */
describeWithTerraform("network", () => {
  let account: EmulatedAccount;
  let network: DeployedNetwork;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    network = new DeployedNetwork("myproject-net", account.variables);
    writeEnvironments(account.workspace, { net });
  });
  afterAll(() => account.close());

  const runner = (command: string, ...args: string[]) => account.workspace.command([command, "net", ...args]);

  test("the network is not deployed before security, and one sentence says why", async () => {
    const { code, stderr } = await runner("deploy", "--layer", "network", "--auto-approve");

    expect(code).toBe(1);
    expect(stderr).toBe(
      "The network layer needs outputs of security-net (missing: logs_kms_key_arn); deploy it first: npm run deploy -- net --layer security\n",
    );
  });

  test("keys and network are deployed, and a second plan is empty", async () => {
    const layers = ["--layer", "security", "--layer", "network"];
    const deployed = await runner("deploy", ...layers, "--auto-approve");
    const { code, stdout } = await runner("diff", ...layers);

    expect(deployed.code, deployed.stdout + deployed.stderr).toBe(0);
    expect(code, stdout).toBe(0);
  });

  test("each zone has a private and a public subnet, and both private ones share the one NAT gateway", async () => {
    const subnets = await network.subnets();

    expect(await network.vpc()).toMatchObject({ cidrBlock: "10.20.0.0/16", dns: [true, true] });
    expect(subnets).toEqual({
      "myproject-net-private-us-east-1a": subnet("us-east-1a", "10.20.0.0/19", "nat"),
      "myproject-net-private-us-east-1b": subnet("us-east-1b", "10.20.32.0/19", "nat"),
      "myproject-net-public-us-east-1a": subnet("us-east-1a", "10.20.128.0/20", "igw"),
      "myproject-net-public-us-east-1b": subnet("us-east-1b", "10.20.144.0/20", "igw"),
    });
    expect(await network.natGateways()).toEqual([subnets["myproject-net-public-us-east-1a"]?.id]);
  });

  function subnet(zone: string, cidrBlock: string, internet: string) {
    const ids = { id: expect.any(String), routeTable: expect.any(String) };
    return { ...ids, zone, cidrBlock, publicAddresses: false, internet };
  }

  test("endpoints lead to AWS from the private subnets and let nothing else through", async () => {
    const subnets = await network.subnets();
    const inPrivate = (of: "id" | "routeTable") =>
      ["a", "b"].map((zone) => subnets[`myproject-net-private-us-east-1${zone}`]?.[of] ?? "").toSorted();
    const endpoints = await network.endpoints();

    const reached = { type: "Interface", subnets: inPrivate("id"), privateDns: true };
    expect(endpoints).toMatchObject({
      "ecr.api": reached,
      "ecr.dkr": reached,
      logs: reached,
      s3: { type: "Gateway", routeTables: inPrivate("routeTable") },
    });
    expect(Object.keys(endpoints)).toHaveLength(4);
    expect(endpoints["s3"]?.policy.Statement[0].Resource).toBe(
      "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*",
    );
    expect((await network.securityGroups())["myproject-net-endpoints"]).toMatchObject({
      ingress: [{ ports: [443, 443], from: ["10.20.0.0/16"] }],
      egress: 0,
    });
  });

  test("connections are logged, in a log group that the key of the security layer encrypts", async () => {
    const key = await account.aws.key("alias/myproject-net-logs");

    expect(await network.flowLogs()).toEqual([
      {
        TrafficType: "ALL",
        LogDestination: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vpc/myproject-net/flow-logs",
        DeliverLogsPermissionArn: "arn:aws:iam::123456789012:role/myproject/net/myproject-net-flow-logs",
      },
    ]);
    expect(await account.aws.logGroups()).toEqual([
      { logGroupName: "/aws/vpc/myproject-net/flow-logs", retentionInDays: 365, kmsKeyId: key.Arn },
    ]);
    expect(
      key.policy.Statement.find(({ Sid }: { Sid: string }) => Sid === "UseByLogGroups").Condition.ArnLike,
    ).toEqual({
      "kms:EncryptionContext:aws:logs:arn": expect.arrayContaining([
        "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vpc/myproject-net/*",
      ]),
    });
  });

  test("the default security group has no rules, and one that somebody adds is a change to undo", async () => {
    const { default: group } = await network.securityGroups();
    const { code, stdout } = await network.whileDefaultGroupIsOpen(() =>
      runner("diff", "--layer", "network"),
    );

    expect(group).toMatchObject({ ingress: [], egress: 0 });
    expect(code, stdout).toBe(2);
    expect(stdout).toContain("aws_default_security_group.vpc will be updated");
  });

  test("what a killed run did not save is found by its tags, or by its alias, and imported", async () => {
    const layers = ["--layer", "security", "--layer", "network"];
    for (const stack of ["security-net", "network-net"]) {
      const { stdout } = await account.workspace.terraform(stack, ["state", "list"]);
      const lost = stdout.split("\n").filter((address) => /^aws_/.test(address));
      await account.workspace.terraform(stack, ["state", "rm", ...lost.filter((a) => a !== "aws_vpc.vpc")]);
    }

    await network.disassociate("myproject-net-public-us-east-1a");

    const found = await runner("imports", ...layers);
    const { code, stdout } = await runner("deploy", ...layers, "--auto-approve");

    expect(found.code, found.stderr).toBe(0);
    expect(found.stderr).toBe(`network-net: not in the state, and AWS has not exactly one that fits:
  aws_route_table_association.vpc_public_us-east-1a_routes: none
`);
    expect(code, stdout).toBe(0);
    expect(stdout.match(/Plan: .*/g)).toEqual([
      expect.stringMatching(/^Plan: \d+ to import, 0 to add, \d+ to change, 0 to destroy/),
      // The association, and the default security group, which Terraform adopts.
      expect.stringMatching(/^Plan: \d+ to import, 2 to add, \d+ to change, 0 to destroy/),
    ]);
  });

  test("a VPC that is there already is found with its subnets, and gets the endpoints that it lacks", async () => {
    const { id } = (await network.vpc()) ?? {};
    const subnets = await network.subnets();
    const idIn = (kind: string) => subnets[`myproject-net-${kind}-us-east-1a`]?.id;
    const old = {
      project: "myproject",
      network: {
        kind: "existing",
        vpcId: id,
        privateSubnetIds: [idIn("private")],
        publicSubnetIds: [idIn("public")],
        endpoints: ["kms"],
      },
    };
    writeEnvironments(account.workspace, { net, old });

    const { code, stdout } = await account.workspace.command(["diff", "old", "--layer", "network"]);

    expect(code, stdout).toBe(2);
    expect(stdout).toContain("Plan: 3 to add, 0 to change, 0 to destroy.");
    for (const published of [`vpc_id             = "${id}"`, 'vpc_cidr_block     = "10.20.0.0/16"'])
      expect(stdout).toContain(published);
    expect(stdout).toMatch(/cidr_ipv4 += "10\.20\.0\.0\/19"/);
  });

  test("it is destroyed from the top, and leaves nothing", async () => {
    const { code, stdout, stderr } = await runner(
      "destroy",
      "--layer",
      "security",
      "--layer",
      "network",
      "--auto-approve",
    );

    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/destroy network-net.*destroy security-net/s);
    expect([await network.vpc(), await account.aws.logGroups()]).toEqual([undefined, []]);
  });
});
