import { afterEach, expect, test, vi } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { runningBlock } from "../../../../scripts/images/running-block";
import type { TerraformPlan } from "../../../../scripts/review/terraform-plan";
import { withRepository } from "../../../support/environments/one-repository";
import { oneChange } from "../../../support/review/one-change";

const [environment] = loadEnvironments(withRepository({}));
if (environment === undefined) throw new Error("no environment");

const stack = { stack: "compute-test", environment };
const policy = (countNumber: number) => ({
  repository: "acme-test-app",
  policy: JSON.stringify({
    rules: [
      {
        ...{ rulePriority: 1, action: { type: "expire" } },
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
      },
    ],
  }),
});
const plan = (before: number, after: number): TerraformPlan => ({
  format_version: "1.2",
  resource_changes: [oneChange("aws_ecr_lifecycle_policy.app", policy(before), policy(after), true)],
});
const digest = (number: number) => `sha256:${String(number).padStart(64, "0")}`;
const ask = {
  running: async () => ({
    images: [
      { uri: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app:v1`, user: "ECS service web" },
    ],
    problems: [],
    unseen: ["Kubernetes was not asked."],
  }),
  images: async () =>
    [1, 2].map((day) => ({
      ...{ imageDigest: digest(day), imageTags: [`v${day}`] },
      imagePushedAt: new Date(Date.UTC(2026, 10, day)),
    })),
};

afterEach(() => vi.restoreAllMocks());
const printed = () => {
  const texts: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    texts.push(String(text));
    return true;
  });
  return texts;
};

test("a stricter policy of a saved plan stops its apply, and what was not asked is said", async () => {
  const texts = printed();

  const block = await runningBlock(stack, plan(2, 1), {}, false, ask);

  expect(block).toContain("ECR would remove images that run");
  expect(block).toContain("(v1) expires, and runs in ECS service web");
  expect(texts).toEqual(["Images that run: Kubernetes was not asked.\n"]);
});

test("an accepted loss stops nothing, and what was not asked is said all the same", async () => {
  const texts = printed();

  expect(await runningBlock(stack, plan(2, 1), {}, true, ask)).toBeUndefined();
  expect(texts).toHaveLength(1);
});

test("a plan without a stricter policy asks nothing", async () => {
  const texts = printed();

  const none = async () => {
    throw new Error("asked");
  };
  const empty = { format_version: "1.2" };

  expect(await runningBlock(stack, empty, {}, false, { running: none, images: none })).toBeUndefined();
  expect(texts).toEqual([]);
});
