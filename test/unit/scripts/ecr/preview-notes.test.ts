import { expect, test } from "vitest";
import { LifecyclePolicy } from "../../../../modules/ecr/lifecycle/lifecycle-rule";
import { notesOnFile } from "../../../../scripts/ecr/preview-notes";
import { image } from "../../../support/ecr/images";
import { rule } from "../../../support/ecr/policy-rules";

const ofArchive = LifecyclePolicy.parse({
  rules: [
    rule(1, {
      storageClass: "archive",
      countType: "sinceImageTransitioned",
      countUnit: "days",
      countNumber: 90,
    }),
  ],
});
const ofActive = LifecyclePolicy.parse({ rules: [rule(1)] });

test("a file without archived images causes a note if the policy has rules for them", () => {
  const active = [image("a", ["v1"], 1)];
  const archived = [image("b", ["v0"], 200, { imageStatus: "ARCHIVED" })];

  expect(notesOnFile(ofArchive, active)).toEqual([
    "the policy has rules for archived images, and the file has none. If aws ecr describe-images ran without --filter imageStatus=ANY, it listed active images only.",
  ]);
  expect(notesOnFile(ofArchive, [...active, ...archived])).toEqual([]);
  expect(notesOnFile(ofActive, active)).toEqual([]);
});

test("a manifest list without references causes a note", () => {
  const list = image("a", ["v1"], 1, { imageManifestMediaType: "application/vnd.oci.image.index.v1+json" });

  expect(notesOnFile(ofActive, [list])).toEqual([
    "1 manifest list in the file has no references, so images that only a list keeps may be shown as removed.",
  ]);
  expect(notesOnFile(ofActive, [{ ...list, references: [] }])).toEqual([]);
});
