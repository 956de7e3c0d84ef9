import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { imagesInEcr } from "../../../../scripts/images/live-images";
import { lifecycleDeltas } from "../../../../scripts/review/lifecycle/lifecycle-delta";
import { lifecycleLines } from "../../../../scripts/review/lifecycle/lifecycle-text";
import type { ResourceChange } from "../../../../scripts/review/terraform-plan";
import { CommandError } from "../../../../scripts/runner/command";
import { digest } from "../../../support/commands/described-images";
import { type Answer, answeringClient } from "../../../support/ecr/answering-client";
import { rule } from "../../../support/ecr/policy-rules";
import { minimal, only } from "../../../support/environments/minimal";
import { planOf } from "../../../support/review/real-plan";

const index = "application/vnd.oci.image.index.v1+json";
const now = new Date("2026-06-30T12:00:00Z");

const [environment] = loadEnvironments(only({ ...minimal, ecr: { repositories: { web: {}, worker: {} } } }));

const changed = (id: string, countNumber: number): ResourceChange => {
  const side = (rules: object[]) => ({ repository: `acme-test-${id}`, policy: JSON.stringify({ rules }) });
  return {
    ...{ address: `aws_ecr_lifecycle_policy.${id}`, mode: "managed", type: "aws_ecr_lifecycle_policy" },
    change: {
      ...{
        actions: ["delete", "create"],
        after_unknown: {},
        before_sensitive: false,
        after_sensitive: false,
      },
      before: side([rule(1, { countNumber: 50 })]),
      after: side([rule(1, { countNumber })]),
    },
  };
};

/** Number 1 is the newest, and a manifest list of the last one. */
const imageDetails = Array.from({ length: 4 }, (_, number) => ({
  imageDigest: digest(number + 1),
  imageTags: [`v${number + 1}`],
  imageSizeInBytes: 10,
  imagePushedAt: now.getTime() / 1000 - number * 60,
  ...(number === 0 && { imageManifestMediaType: index }),
}));

const manifest = JSON.stringify({ manifests: [{ digest: digest(4) }] });
const read: Answer = { images: [{ imageId: { imageDigest: digest(1) }, imageManifest: manifest }] };

/** What a plan of these changes says, and the calls that it makes. */
async function planned(
  answer: (action: string) => Answer,
  changes: readonly ResourceChange[] = [changed("web", 1)],
  inUse: readonly string[] = [],
) {
  if (environment === undefined) throw new Error("no environment");
  const calls: string[] = [];
  const client = answeringClient((action, { repositoryName }) => {
    calls.push(`${action} ${String(repositoryName)}`);
    return answer(action);
  });
  const plan = planOf(...changes);
  const stack = { stack: "compute-test", plan };
  const source = await imagesInEcr([stack], environment, {}, inUse, async () => ({ ecr: () => client }));
  const lines = lifecycleLines("compute-test", lifecycleDeltas("compute-test", plan, source, now));
  return { lines, calls: calls.toSorted() };
}

test("an image that only a list keeps stays, and one of a list in use is in use", async () => {
  const answer = (action: string) => (action === "BatchGetImage" ? read : { imageDetails });
  const both = await planned(answer, [changed("web", 1), changed("worker", 2)], [digest(2)]);

  expect(both.lines).toEqual([
    "compute-test: acme-test-web: 2 images are removed, 1 of them in use; the newest tags: v2, v3; up to 20 B.",
    "compute-test: acme-test-worker: 1 image is removed, not in use; the newest tags: v3; up to 10 B.",
  ]);
  expect(both.calls).toEqual(
    ["BatchGetImage", "DescribeImages"].flatMap((action) =>
      ["web", "worker"].map((name) => `${action} acme-test-${name}`),
    ),
  );
});

test("without the permission to read manifests, the review says what it does not know", async () => {
  const { lines } = await planned((action) =>
    action === "BatchGetImage" ? { error: "AccessDeniedException" } : { imageDetails },
  );

  expect(lines[0]).toBe(
    "compute-test: acme-test-web: 3 images are removed, none of them in use; the newest tags: v2, v3, v4; up to 30 B.",
  );
  expect(lines[1]).toMatch(/^ {2}Not known for sure: these credentials may not call ecr:BatchGetImage, /);
});

test("a registry that cannot be read stops nothing", async () => {
  const { lines } = await planned(() => ({ error: "AccessDeniedException" }));

  expect(lines).toEqual([
    "compute-test: it is not known which images are removed for acme-test-web: the images cannot be read: AccessDeniedException: no.",
  ]);
});

test("neither do credentials of another account", async () => {
  if (environment === undefined) throw new Error("no environment");
  const plan = planOf(changed("web", 1));
  const source = await imagesInEcr([{ stack: "compute-test", plan }], environment, {}, [], async () => {
    throw new CommandError("These are credentials of another account.");
  });

  expect(lifecycleLines("compute-test", lifecycleDeltas("compute-test", plan, source, now))).toEqual([
    "compute-test: it is not known which images are removed for acme-test-web: the images cannot be read: These are credentials of another account.",
  ]);
});

test("AWS is not called if no lifecycle policy changes", async () => {
  const { calls, lines } = await planned(() => ({ error: "unexpected" }), []);

  expect([calls, lines]).toEqual([[], []]);
});
