import { afterEach, expect, test, vi } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { type NamedImage, namedImages } from "../../../../environments/plan/image-gate";
import type { GateResult } from "../../../../scripts/ecr/gate/gate-images";
import { deployedImages, gateBlock } from "../../../../scripts/images/gate-block";
import type { TerraformPlan } from "../../../../scripts/review/terraform-plan";
import { minimal, only } from "../../../support/environments/minimal";
import { oneChange } from "../../../support/review/one-change";

const image = { repository: "app", tag: "v1" };
const [environment] = loadEnvironments(
  only({
    ...minimal,
    ecr: { repositories: { app: { enableLambdaPull: true } } },
    network: { kind: "own", cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    ecs: {
      services: {
        web: { image, cpuArchitecture: "ARM64" },
        waits: { image: { repository: "app", awaitsFirstPush: true } },
      },
    },
    lambda: { functions: { resize: { image: { ...image, tag: "v10" } } } },
    imageGate: {},
  }),
);
if (environment === undefined) throw new Error("no environment");
const images = namedImages(environment);
const [v1 = "", v10 = ""] = images.map(({ uri }) => uri);
const task = (uri: string) => ({ container_definitions: JSON.stringify([{ name: "web", image: uri }]) });
const planOf = (...changes: ReturnType<typeof oneChange>[]): TerraformPlan => ({
  format_version: "1.2",
  resource_changes: changes,
});
const task1 = "aws_ecs_task_definition.web";
const urisOf = (plan: TerraformPlan) => deployedImages(images, plan).map(({ uri }) => uri);

test("images are named once, with the consumers that run them", () => {
  expect(images.map(({ uri, consumers }) => [uri.split("/")[1], consumers.map(({ name }) => name)])).toEqual([
    ["acme-test-app:v1", ["web"]],
    ["acme-test-app:v10", ["resize"]],
  ]);
});

test("a plan deploys the images that it puts where they are not yet", () => {
  expect(urisOf(planOf(oneChange(task1, null, task(v1), true)))).toEqual([v1]);
  expect(urisOf(planOf(oneChange(task1, task(v10), task(v1), true)))).toEqual([v1]);
  expect(
    urisOf(planOf(oneChange("aws_lambda_function.resize", { image_uri: v1 }, { image_uri: v10 }, true))),
  ).toEqual([v10]);
});

test("a plan that leaves an image, or takes it away, deploys none", () => {
  const cpu = (number: number) => ({ ...task(v1), cpu: number });

  expect(urisOf(planOf(oneChange(task1, cpu(1), cpu(2), true)))).toEqual([]);
  expect(urisOf(planOf(oneChange(task1, task(v1), null, true)))).toEqual([]);
  expect(urisOf({ format_version: "1.2" })).toEqual([]);
});

test("a plan that does not know yet which image may deploy each", () => {
  const change = oneChange(task1, null, {}, true);
  const unknown = { ...change, change: { ...change.change, after_unknown: { container_definitions: true } } };

  expect(urisOf(planOf(unknown))).toEqual([v1, v10]);
});

const answer =
  (problems: GateResult["problems"]) => async (_environment: unknown, asked: readonly NamedImage[]) => ({
    results: asked.map(
      ({ uri }): GateResult => ({
        ...{ label: uri, image: undefined, used: new Set(), problems },
        rules: {
          severity: undefined,
          maxAgeDays: undefined,
          requireSignature: false,
          requireArchitecture: true,
        },
      }),
    ),
    idle: [],
  });
afterEach(() => vi.restoreAllMocks());

test("a plan with an image that does not pass is not applied", async () => {
  const stack = { stack: "compute-test", environment };
  const plan = planOf(oneChange(task1, null, task(v1), true));
  const text = "has no signature in its repository";
  const block = await gateBlock(stack, plan, answer([{ check: "signature", kind: "refused", text }]));

  expect(block).toContain("The plan for compute-test deploys images that do not pass the gate:\n");
  expect(block).toContain(`${v1} is refused: it has no signature in its repository`);
});

test("an environment without a gate, and a plan without a new image, ask nothing", async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const never = async () => {
    throw new Error("asked");
  };
  const plan = planOf(oneChange(task1, null, task(v1), true));
  const { imageGate, ...without } = environment;

  expect(await gateBlock({ stack: "compute-test", environment }, planOf(), never)).toBeUndefined();
  expect(
    await gateBlock({ stack: "compute-test", environment: without as never }, plan, never),
  ).toBeUndefined();
  expect(await gateBlock({ stack: "compute-test", environment }, plan, answer([]))).toBeUndefined();
});
