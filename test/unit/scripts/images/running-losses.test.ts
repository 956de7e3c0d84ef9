import { describe, expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { ImageInput } from "../../../../scripts/ecr/image-input";
import {
  type RunningQuestions,
  runningLosses,
  runningLossesBlock,
} from "../../../../scripts/images/running-losses";
import type { TerraformPlan } from "../../../../scripts/review/terraform-plan";
import { withRepository } from "../../../support/environments/one-repository";
import { planOf as realPlan } from "../../../support/review/real-plan";

const [environment] = loadEnvironments(withRepository({}));
if (environment === undefined) throw new Error("no environment");

const now = new Date("2026-11-29T00:00:00Z");
const digest = (number: number) => `sha256:${String(number).padStart(64, "0")}`;
const images: ImageInput[] = [1, 2, 3].map((day) => ({
  imageDigest: digest(day),
  imageTags: [`v${day}`],
  imagePushedAt: new Date(Date.UTC(2026, 10, day)),
}));
const uri = (reference: string) => `111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app${reference}`;

const policy = (countNumber: number) =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
        action: { type: "expire" },
      },
    ],
  });
const side = (text: string | null) => (text === null ? null : { repository: "acme-test-app", policy: text });
const planOf = (before: string | null, after: string | null): TerraformPlan =>
  realPlan({
    ...{ address: "aws_ecr_lifecycle_policy.app", mode: "managed", type: "aws_ecr_lifecycle_policy" },
    change: {
      ...{ actions: after === null ? ["delete"] : ["delete", "create"], after_unknown: {} },
      ...{ before_sensitive: false, after_sensitive: false, before: side(before), after: side(after) },
    },
  });

const answers = (running: string[], more: Partial<RunningQuestions> = {}): RunningQuestions => ({
  running: async () => ({
    images: running.map((reference) => ({ uri: uri(reference), user: "ECS service web" })),
    problems: [],
    unseen: ["Kubernetes was not asked."],
  }),
  images: async () => images,
  ...more,
});

describe("a stricter policy", () => {
  test("that removes an image that runs stops the deploy, with the image and who runs it", async () => {
    const found = await runningLosses(
      environment,
      {},
      planOf(policy(3), policy(1)),
      answers([":v1", ":v3"]),
      now,
    );

    expect(found.losses).toEqual([
      "acme-test-app@sha256:000000000000 (v1) expires, and runs in ECS service web",
    ]);
    expect(found.unseen).toEqual(["Kubernetes was not asked."]);
    expect(runningLossesBlock(environment, "compute-test", found)).toBe(
      [
        "The plan for compute-test changes lifecycle policies, and ECR would remove images that run:",
        "  acme-test-app@sha256:000000000000 (v1) expires, and runs in ECS service web",
        "Tag them first: npm run ecr -- lifecycle protect --env test, keep more images, or add --accept-running-image-losses.",
      ].join("\n"),
    );
  });

  test("that removes only others stops nothing", async () => {
    const found = await runningLosses(environment, {}, planOf(policy(3), policy(1)), answers([":v3"]), now);

    expect(runningLossesBlock(environment, "compute-test", found)).toBeUndefined();
  });

  test("of a replica is compared with the images and the host of its own Region", async () => {
    const stack = {
      provider: { aws: [{ region: "eu-west-1" }, { alias: "us-east-1", region: "us-east-1" }] },
      resource: { aws_ecr_repository: { app: { provider: "aws.us-east-1" } } },
    };
    const asked: string[] = [];
    const hosts = [uri(":v1"), uri(":v2").replace("eu-west-1", "us-east-1")];
    const ask = answers([], {
      running: async () => ({
        images: hosts.map((host) => ({ uri: host, user: host })),
        ...{ problems: [], unseen: [] },
      }),
      images: async (_, __, region) => {
        asked.push(region);
        return images;
      },
    });
    const found = await runningLosses(environment, stack, planOf(policy(3), policy(1)), ask, now);

    expect(asked).toEqual(["us-east-1"]);
    expect(found.losses).toEqual([
      expect.stringMatching(/\(v2\) expires, and runs in .*us-east-1\.amazonaws\.com/),
    ]);
  });

  test("blames the new policy for all where the old one cannot be read, and stops nothing by itself", async () => {
    const ask = answers([":v1"]);
    const fromUnreadable = await runningLosses(environment, {}, planOf("no JSON", policy(1)), ask, now);
    const toUnreadable = await runningLosses(environment, {}, planOf(policy(1), "no JSON"), ask, now);

    expect(fromUnreadable.losses).toHaveLength(1);
    expect(toUnreadable.losses).toEqual([]);
    expect(toUnreadable.unseen).toContain("The new policy of acme-test-app cannot be read.");
  });

  test("that archives what the old one expires loses nothing", async () => {
    const archiving = JSON.stringify({
      rules: [
        {
          rulePriority: 1,
          selection: {
            ...{ tagStatus: "any", countType: "sinceImagePushed", countUnit: "days", countNumber: 1 },
          },
          action: { type: "transition", targetStorageClass: "archive" },
        },
      ],
    });
    const found = await runningLosses(
      environment,
      {},
      planOf(policy(2), archiving),
      answers([":v1", ":v2"]),
      now,
    );

    expect(found.losses).toEqual([expect.stringContaining("(v2) is archived")]);
  });

  test("does not stop for what the old policy removes anyway", async () => {
    const found = await runningLosses(environment, {}, planOf(policy(2), policy(1)), answers([":v1"]), now);

    expect(found.losses).toEqual([]);
  });
});

test("nobody is asked if no policy changes, or one only goes", async () => {
  const refuse = async () => {
    throw new Error("asked");
  };
  const silent = { running: refuse, images: refuse };

  for (const plan of [planOf(policy(1), policy(1)), planOf(policy(1), null), realPlan()])
    expect(await runningLosses(environment, {}, plan, silent, now)).toEqual({
      ...{ losses: [], unseen: [] },
    });
});

test("what cannot be read is told, and stops nothing", async () => {
  const refuse = async () => {
    throw new Error("AccessDenied");
  };
  const plan = planOf(policy(3), policy(1));

  expect(await runningLosses(environment, {}, plan, answers([], { running: refuse }), now)).toEqual({
    ...{ losses: [], unseen: ["What runs was not asked: AccessDenied"] },
  });
  expect(await runningLosses(environment, {}, plan, answers([":v1"], { images: refuse }), now)).toEqual({
    ...{ losses: [], unseen: ["AccessDenied", "Kubernetes was not asked."] },
  });
});
