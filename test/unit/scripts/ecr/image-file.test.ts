import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { keepNewest } from "../../../../modules/ecr/lifecycle/lifecycle-policy";
import { LifecyclePolicy } from "../../../../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../../../../modules/ecr/lifecycle/lifecycle-simulator";
import { imagesInFile } from "../../../../scripts/ecr/image-file";
import { described, digest } from "../../../support/commands/described-images";

const worker = { registryId: "123456789012", repositoryName: "myproject-dev-worker" };
const folder = mkdtempSync(join(tmpdir(), "images-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The images that are read from a file with this content. */
const read = (content: unknown) => {
  const file = join(folder, "images.json");
  writeFileSync(file, JSON.stringify(content));
  return imagesInFile(file, worker);
};

/** Lines of the error for a file with this content, without the folder. */
function problems(content: unknown): string[] {
  try {
    read(content);
    return [];
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, "").split("\n");
  }
}

const [one, two] = described(2, "myproject-dev-worker").imageDetails;

test.each(["NextToken", "nextToken"])("fails when the list is incomplete, with %s", (key) => {
  expect(problems({ imageDetails: [one], [key]: "eyJ=" })).toEqual([
    `images.json: ${key}: found "eyJ="; the list is incomplete: there are more images; save the output of aws ecr describe-images --repository-name myproject-dev-worker --filter imageStatus=ANY in the file, without --max-items and --no-paginate`,
  ]);
});

test("a token without a value is no token", () => {
  expect(read({ imageDetails: [one], nextToken: null })).toHaveLength(1);
});

test("an image that is listed twice counts once", () => {
  const tagged = { ...one, imageTags: ["a", "b"] };

  const images = read({ imageDetails: [tagged, two, { ...tagged, imageTags: ["b", "a"] }] });

  expect(images.map(({ imageDigest }) => imageDigest)).toEqual([digest(1), digest(2)]);
});

test.each([{ imageTags: ["v9"] }, { imagePushedAt: "2026-01-01T00:00:00Z" }, { imageStatus: "ARCHIVED" }])(
  "fails when an image is listed twice with other details, as in %j",
  (others) => {
    expect(problems([one, two, { ...one, ...others }])).toEqual([
      `images.json: [2].imageDigest: found "${digest(1)}"; [0] is the same image with other details; list each image once`,
    ]);
  },
);

test.each([
  ["2026-06-30T12:00:00+00:00", "2026-06-30T12:00:00.000Z"],
  ["2026-06-30T12:00:00-07:00", "2026-06-30T19:00:00.000Z"],
  ["2026-06-30T12:00:00.123000+05:30", "2026-06-30T06:30:00.123Z"],
  ["2026-06-30T12:00:00.123456Z", "2026-06-30T12:00:00.123Z"],
  [1_782_820_800, "2026-06-30T12:00:00.000Z"],
  [1_782_820_800.123, "2026-06-30T12:00:00.123Z"],
])("a date as the AWS CLI prints it is read: %s", (printed, iso) => {
  const [image] = read([{ ...one, imagePushedAt: printed, lastArchivedAt: printed }]);

  expect([image?.imagePushedAt.toISOString(), image?.lastArchivedAt?.toISOString()]).toEqual([iso, iso]);
});

test.each([
  "2026-06-30",
  "2026-06-30T12:00:00",
  "yesterday",
  "",
  1_782_820_800_000,
  1e300,
  -1,
  0,
  true,
  null,
])("fails for another date: %s", (written) => {
  expect(problems([{ ...one, imagePushedAt: written }])).toEqual([
    `images.json: [0].imagePushedAt: found ${JSON.stringify(written)}; a time must be ISO 8601 with an offset, or seconds (not milliseconds) since 1970`,
  ]);
});

test("the digest of a referrer's subject is read from the AWS CLI's key", () => {
  const [image] = read([{ ...one, subjectManifestDigest: digest(7) }]);

  expect(image?.subject).toBe(digest(7));
});

test("the sample images of the README show a manifest list that expires with the images that it references", () => {
  const images = imagesInFile("docs/examples/images.json", worker);
  const policy = LifecyclePolicy.parse(JSON.parse(keepNewest(10)));

  const { outcomes, summary } = simulateLifecycle(policy, images, new Date("2026-12-01"));

  const list = outcomes.find(({ image }) => image.references !== undefined);
  const referenced = outcomes.filter((o) => list?.image.references?.includes(o.image.imageDigest));
  expect(summary.expiringImageTotalCount).toBe(3);
  expect(list?.action).toBe("EXPIRE");
  expect(referenced.map(({ action, reason }) => [action, reason.replace(/sha256:\w+/, "LIST")])).toEqual([
    ["EXPIRE", expect.stringContaining("The manifest list LIST that references it expires too.")],
    ["EXPIRE", expect.stringContaining("The manifest list LIST that references it expires too.")],
  ]);
});
