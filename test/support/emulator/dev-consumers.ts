import { expect, test } from "vitest";
import type { DeployedNetwork } from "./deployed-network";
import type { DeployedSecrets } from "./deployed-secrets";
import type { EmulatedAccount } from "./emulated-account";

const named = (shortName: string) => `myproject-dev-${shortName}`;
/** Repositories whose images something runs. */
const run = ["web-app", "api-service", "lambda-processor"];

/** The development environment, deployed while its images were awaited. */
interface Deployed {
  readonly account: EmulatedAccount;
  readonly network: DeployedNetwork;
  readonly secrets: DeployedSecrets;
}

/** Tests that push images to the development environment, and of what then runs them. */
export function testConsumers(deployed: () => Deployed): void {
  test("services and the function run the images that were pushed and named by their digests", async () => {
    const { account } = deployed();
    const value = account.workspace.run(
      ["npm", "run", "--silent", "secrets", "--", "set", "--env", "dev", "api-token"],
      {},
      "a token",
    );
    const digests = Object.fromEntries(
      await Promise.all(run.map(async (name) => [name, await account.images.push(named(name), "v1")])),
    );
    const uri = (name: string) =>
      `123456789012.dkr.ecr.us-east-1.amazonaws.com/${named(name)}@${digests[name]}`;
    expect((await value).code).toBe(0);
    for (const name of run)
      account.workspace.edit(
        "environments/dev.ts",
        `image: { repository: "${name}", awaitsFirstPush: true }`,
        `image: { repository: "${name}", digest: "${digests[name]}" }`,
      );
    // So that the environment can be destroyed with its images.
    account.workspace.edit("environments/dev.ts", /scanOnPush: true/g, "scanOnPush: true, forceDelete: true");

    const { code, stdout, stderr } = await account.workspace.loaded([
      ...["deploy", "dev", "--layer", "compute", "--auto-approve"],
    ]);

    expect(code, stdout + stderr).toBe(0);
    expect(await account.services.images("myproject-dev")).toEqual({
      [named("api-service")]: uri("api-service"),
      [named("web-app")]: uri("web-app"),
    });
    expect(await account.lambda.functionNames()).toEqual([named("lambda-processor")]);
    expect(await account.lambda.function(named("lambda-processor"))).toMatchObject({
      ImageUri: uri("lambda-processor"),
      Environment: { Variables: { ENV: "development" } },
    });
  });

  test("the service gets the value of its secret from Secrets Manager, in private subnets", async () => {
    const { account, network, secrets } = deployed();
    const subnets = await network.subnets();
    const { [named("api-service")]: service } = await account.services.services("myproject-dev");

    const { ARN } = await secrets.described("myproject-dev/api-token");
    expect(await secrets.value("myproject-dev/api-token")).toBe("a token");
    expect(service?.task?.containerDefinitions).toMatchObject([
      { secrets: [{ name: "API_TOKEN", valueFrom: ARN }] },
    ]);
    expect(service?.networkConfiguration?.awsvpcConfiguration?.subnets?.toSorted()).toEqual(
      ["a", "b"].map((zone) => subnets[`myproject-dev-private-us-east-1${zone}`]?.id).toSorted(),
    );
  });

  test("Lambda pulls by the one statement that was there before the function", async () => {
    const policies = await deployed().account.aws.policies([...run, "worker"].map(named));

    expect(
      Object.fromEntries(
        Object.entries(policies).map(([name, statements]) => [name, Object.keys(statements)]),
      ),
    ).toEqual({
      [named("api-service")]: [],
      [named("lambda-processor")]: ["LambdaECRImageRetrievalPolicy"],
      [named("web-app")]: [],
      [named("worker")]: [],
    });
  });

  test("a lifecycle preview names what runs an image", async () => {
    const { account } = deployed();
    const previews = run.map((name) =>
      account.workspace.loaded(["ecr", "lifecycle", "preview", "--env", "dev", "--repo", name, "--json"]),
    );

    const used = (await Promise.all(previews)).map(({ stdout }) =>
      JSON.parse(stdout).previewResults.map(({ usedBy }: { usedBy: string[] }) => usedBy),
    );
    expect(used).toEqual([
      [['ecs.services["web-app"]']],
      [['ecs.services["api-service"]']],
      [['lambda.functions["lambda-processor"]']],
    ]);
  });
}
