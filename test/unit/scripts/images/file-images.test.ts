import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { imagesInFiles } from "../../../../scripts/images/file-images";
import { lifecycleLines } from "../../../../scripts/review/lifecycle/lifecycle-text";
import { reportOn } from "../../../../scripts/review/report/compared-revisions";
import { described, digest } from "../../../support/commands/described-images";
import { minimal, only } from "../../../support/environments/minimal";
import { stacksOf } from "../../../support/review/edited-stacks";

const folder = mkdtempSync(join(tmpdir(), "images-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** An environment with three repositories that keep as many images, of which the first is replicated. */
const keeping = (maxImageCount: number): EnvironmentInput => ({
  ...minimal,
  ecr: {
    repositories: {
      web: {
        ...{ maxImageCount, enableLambdaPull: true, enableReplication: true },
        replicationDestinations: [{ region: "eu-central-1" }],
      },
      worker: { maxImageCount },
      job: { maxImageCount },
    },
  },
  lambda: {
    functions: {
      resize: { image: { repository: "web", tag: "v4" } },
      lost: { image: { repository: "web", tag: "v99" } },
    },
  },
});

const before = stacksOf(only(keeping(50)));
const after = stacksOf(only(keeping(3)));
const [environment] = loadEnvironments(only(keeping(3)));

/** What the review of fewer kept images says with these files. */
function linesWith(images: readonly string[], inUse: readonly string[] = []): string[] {
  const source = imagesInFiles({ images, inUse }, () => environment, after);
  const { stacks } = reportOn(before, after, { base: "main", head: "work" }, source);
  return stacks.flatMap(({ stack, lifecycle = [] }) => lifecycleLines(stack, lifecycle));
}

const account = minimal.accountId;

test("a file for each repository, one by one", () => {
  const web = file("web.json", described(50, "acme-test-web", account));
  const worker = file("worker.json", described(2, "acme-test-worker", account).imageDetails);
  const empty = file("empty.json", { imageDetails: [] });

  expect(linesWith([web, worker, empty], [digest(7)])).toEqual([
    "compute-test: acme-test-web: 47 images are removed, 2 of them in use; the newest tags: v4, v5, v6, v7, v8; up to 47.0 kB.",
    "  Not known for sure: environments/test.ts: lambda.functions.lost.image: acme-test-web has no image v99.",
    "compute-test: acme-test-worker: no further image is removed, of 2.",
    `compute-test: it is not known which images are removed for acme-test-job: no file of --images has images of it in account ${account}.`,
    "replicas-test: it is not known which images are removed for acme-test-web: it is in eu-central-1, and files with images do not say their Region.",
  ]);
});

test("without a file, nothing is known", () => {
  expect(linesWith([])).toEqual([
    "compute-test: it is not known which images are removed for acme-test-job, acme-test-web, acme-test-worker: no images were given; add --images.",
    "replicas-test: it is not known which images are removed for acme-test-web: no images were given; add --images.",
  ]);
});

test("images of another account are not these", () => {
  const web = file("other.json", described(50, "acme-test-web", "999999999999"));

  expect(linesWith([web])[0]).toBe(
    `compute-test: it is not known which images are removed for acme-test-job, acme-test-web, acme-test-worker: no file of --images has images of it in account ${account}.`,
  );
});

test("every problem in the files is reported at once", () => {
  const good = described(2, "acme-test-web", account);
  const worker = described(2, "acme-test-worker", account).imageDetails;
  const mixed = [...worker, ...described(1, "acme-test-job", account).imageDetails];
  const files = [
    file("a.json", good),
    file("b.json", good),
    file("c.json", "{"),
    file("d.json", {}),
    file("e.json", [{ imageDigest: digest(1) }]),
    file("f.json", mixed),
    join(folder, "missing.json"),
  ];
  let message = "";
  try {
    linesWith(files);
  } catch (error) {
    message = (error as Error).message.replaceAll(`${folder}/`, "");
  }

  expect(message.split("\n")).toEqual([
    "b.json: a.json has the images of acme-test-web too; give one",
    expect.stringMatching(/^c\.json: /),
    "d.json: this is no output of aws ecr describe-images",
    "e.json: the first image has no repositoryName; give all that AWS prints",
    expect.stringMatching(
      /^f\.json: \[2\]\.repositoryName: found "acme-test-job"; these must be images of acme-test-worker/,
    ),
    expect.stringMatching(/^missing\.json: ENOENT/),
  ]);
});
