import { describe, expect, test } from "vitest";
import { defineEnvironment } from "../../../../environments/environment";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { trialOptions } from "../../../../scripts/try/trial-options";

const production: EnvironmentInput = {
  name: "live",
  project: "shop",
  accountId: "123456789012",
  region: "eu-central-1",
  tier: "production",
  state: { backend: "s3", bucket: "shop-live-tfstate-123456789012" },
  security: { secrets: { token: { recoveryWindowInDays: 0 } }, ci: { plan: {} } } as unknown as NonNullable<
    EnvironmentInput["security"]
  >,
  network: {
    kind: "own",
    cidr: "10.1.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
    natGateways: "single",
  },
  ecr: {
    encryptionType: "KMS",
    repositories: { web: { imageTagMutability: "MUTABLE", scanOnPush: true, maxImageCount: 9 } },
  },
  ecs: { services: { web: { image: { repository: "web", awaitsFirstPush: true }, port: 80 } } },
  productionExceptions: [
    { rule: "immutable-tags", repository: "web", reason: "Moves until the pipeline tags by commit" },
    { rule: "nat-per-zone", reason: "Costs less" },
    { rule: "recoverable-secrets", reason: "Made again by its owner" },
  ],
};

describe("the options of a trial", () => {
  test("the registries of a production environment are valid on their own, with their exceptions", () => {
    const options = trialOptions(production, { all: false });
    const definition = defineEnvironment(options);

    expect(definition).toMatchObject({ ok: true });
    expect(Object.keys(options).toSorted()).toEqual(
      [
        "accountId",
        "ecr",
        "name",
        "productionExceptions",
        "project",
        "region",
        "security",
        "state",
        "tier",
      ].toSorted(),
    );
    expect(options.productionExceptions).toEqual(production.productionExceptions?.slice(0, 1));
    expect(options.state).toEqual({ backend: "local" });
  });

  test("everything of an environment stays, but its pipelines, and its state is local", () => {
    const { security, ...rest } = production;

    expect(trialOptions(production, { all: true })).toEqual({
      ...rest,
      security: { secrets: security?.secrets },
      state: { backend: "local" },
    });
    expect(defineEnvironment(trialOptions(production, { all: true }))).toMatchObject({ ok: true });
  });

  test("a consumer gets the image that was pushed to its repository, and others keep theirs", () => {
    const ecs = {
      services: {
        web: { image: { repository: "web", awaitsFirstPush: true }, port: 80 },
        fixed: { image: { repository: "web", tag: "v1" }, port: 81 },
        other: { image: { repository: "other", awaitsFirstPush: true }, port: 82 },
      },
    } as unknown as NonNullable<EnvironmentInput["ecs"]>;
    const { ecs: result } = trialOptions({ ...production, ecs }, { all: true, images: { web: "sha256:1" } });

    expect(result?.services).toEqual({
      web: { image: { repository: "web", digest: "sha256:1" }, port: 80 },
      fixed: { image: { repository: "web", tag: "v1" }, port: 81 },
      other: { image: { repository: "other", awaitsFirstPush: true }, port: 82 },
    });
  });

  test("a load balancer gets the certificate of the trial, if its own is of the account and Region", () => {
    const arn = (region: string, id: string) => `arn:aws:acm:${region}:123456789012:certificate/${id}`;
    const service = (certificateArn: string) => ({
      image: { repository: "web", tag: "v1" },
      ...{ port: 80, loadBalancer: { certificateArn } },
    });
    const ecs = {
      loadBalancers: {
        shared: { certificateArns: [arn("eu-central-1", "first"), arn("eu-central-1", "second")] },
      },
      services: { web: service(arn("eu-central-1", "own")), other: service(arn("us-east-1", "own")) },
    } as unknown as NonNullable<EnvironmentInput["ecs"]>;
    const { ecs: result } = trialOptions(
      { ...production, ecs },
      { all: true, certificateArn: arn("eu-central-1", "trial") },
    );

    expect(result?.loadBalancers).toEqual({ shared: { certificateArns: [arn("eu-central-1", "trial")] } });
    expect(result?.services).toEqual({
      web: service(arn("eu-central-1", "trial")),
      other: service(arn("us-east-1", "own")),
    });
  });

  test("what the file says stays as it is", () => {
    const before = structuredClone(production);
    trialOptions(production, { all: false });
    trialOptions(production, { all: true, images: { web: "sha256:1" } });

    expect(production).toEqual(before);
  });
});
