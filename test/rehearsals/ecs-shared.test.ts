import { EC2Client } from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { makeNetwork, requestCertificate, type TrialNetwork } from "../support/emulator/trial-network";

const accountId = "123456789012";
const layers = ["security", "network", "compute"].flatMap((layer) => ["--layer", layer]);

/** Services that share load balancers. The tests build on each other, in this order. */
describeWithTerraform("services behind one load balancer", () => {
  let account: EmulatedAccount;
  let elb: ElasticLoadBalancingV2Client;
  let vpc: TrialNetwork;
  let certificates: string[] = [];
  let digest = "";

  beforeAll(async () => {
    account = await EmulatedAccount.open(accountId);
    elb = new ElasticLoadBalancingV2Client(clientConfig(account.variables));
    vpc = await makeNetwork(new EC2Client(clientConfig(account.variables)));
    certificates = [await requestCertificate(account.variables), await requestCertificate(account.variables)];
  });
  afterAll(() => account.close());

  const behind = (hosts: string[], paths: string[], priority: number, further: object = {}) => ({
    image: digest === "" ? { repository: "app", awaitsFirstPush: true } : { repository: "app", digest },
    port: 8080,
    sharedLoadBalancer: { name: "public", hosts, paths, priority },
    ...further,
  });
  const environmentWith = (services: object) =>
    writeEnvironments(account.workspace, {
      trial: {
        project: "acme",
        ecr: { repositories: { app: { forceDelete: true } } },
        network: { kind: "existing", ...vpc },
        ecs: {
          loadBalancers: {
            public: { certificateArns: certificates, allowedCidrBlocks: ["203.0.113.0/24"] },
            inside: { certificateArns: certificates.slice(0, 1), scheme: "internal" },
          },
          services: services as never,
        },
      },
    });
  const run = async (command: string, ...args: string[]) => {
    const { code, stdout, stderr } = await account.workspace.command([command, "trial", ...layers, ...args]);
    expect(code, stdout + stderr).toBe(0);
    return stdout;
  };
  const alarms = { deployment: { alarms: ["acme-trial-shop-errors"] } };
  const shop = (further: object = {}) => behind(["shop.example.com"], [], 20, further);
  const api = () => behind(["shop.example.com"], ["/api/*", "/v?/*"], 10);

  /** Rules of the HTTPS listener of a load balancer: priority and values, in the order of AWS. */
  const rules = async (name: string) => {
    const { LoadBalancers: [balancer] = [] } = await elb.send(
      new DescribeLoadBalancersCommand({ Names: [name] }),
    );
    const { Listeners = [] } = await elb.send(
      new DescribeListenersCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }),
    );
    const https = Listeners.find(({ Port }) => Port === 443);
    const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn: https?.ListenerArn }));
    return {
      scheme: balancer?.Scheme,
      rules: Object.fromEntries(
        Rules.map(({ Priority = "", Conditions = [], RuleArn, Actions }) => [
          Priority,
          {
            arn: RuleArn,
            values: Conditions.flatMap(({ HostHeaderConfig, PathPatternConfig }) => [
              ...(HostHeaderConfig?.Values ?? []),
              ...(PathPatternConfig?.Values ?? []),
            ]),
            action: Actions?.[0]?.Type,
          },
        ]),
      ),
    };
  };

  test("each service gets its requests by host and path, and the rest nobody", async () => {
    environmentWith({ shop: shop(), api: api() });
    await run("deploy", "--auto-approve");
    digest = await account.images.push("acme-trial-app", "v1");
    environmentWith({ shop: shop(alarms), api: api() });
    await run("deploy", "--auto-approve");

    expect(await rules("acme-trial-public")).toMatchObject({
      rules: {
        30: { values: expect.arrayContaining(["shop.example.com", "/api/*", "/v?/*"]), action: "forward" },
        60: { values: ["shop.example.com"], action: "forward" },
        default: { values: [], action: "fixed-response" },
      },
    });
    const schemes = [await rules("acme-trial-public"), await rules("acme-trial-inside")].map(
      ({ scheme }) => scheme,
    );
    expect(schemes.map((scheme) => scheme === "internal")).toEqual([false, true]);
  });

  test("alarms are the service's, and a second plan finds nothing to change", async () => {
    const { "acme-trial-shop": service } = await account.services.services("acme-trial");

    expect(service).toMatchObject({
      deploymentConfiguration: {
        alarms: { alarmNames: ["acme-trial-shop-errors"], enable: true, rollback: true },
      },
    });
    await run("diff");
  });

  test("another service leaves the rules of the others alone", async () => {
    const before = await rules("acme-trial-public");
    environmentWith({ admin: behind([], ["/admin"], 15), shop: shop(alarms), api: api() });
    await run("deploy", "--auto-approve");
    const after = await rules("acme-trial-public");

    expect(after.rules["45"]).toMatchObject({ values: ["/admin"] });
    expect(after.rules).toMatchObject(before.rules);
  });

  test("alarms that are not enabled roll nothing back", async () => {
    environmentWith({
      admin: behind([], ["/admin"], 15),
      shop: shop({ deployment: { ...alarms.deployment, enableAlarms: false } }),
      api: api(),
    });
    await run("deploy", "--auto-approve");
    const { "acme-trial-shop": service } = await account.services.services("acme-trial");

    expect(service?.deploymentConfiguration?.alarms).toMatchObject({ enable: false, rollback: false });
    await run("diff");
  });

  test("everything is destroyed", async () => {
    await run("destroy", "--auto-approve");
    const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({}));

    expect(LoadBalancers).toEqual([]);
  });
});
