import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { LifecyclePolicy } from "../../../../modules/ecr/lifecycle/lifecycle-rule";
import { notesOnFile, notesOnPipelines } from "../../../../scripts/ecr/preview-notes";
import { image } from "../../../support/ecr/images";
import { rule } from "../../../support/ecr/policy-rules";
import { minimal, only } from "../../../support/environments/minimal";
import { network } from "../../../support/environments/one-service";

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

test("which images run is not in the file where a pipeline deploys them, and that is told of their repository alone", () => {
  const deployed = (image: object) => ({ image: { repository: "app", managedBy: "pipeline", ...image } });
  const file: object = {
    ecr: { repositories: { app: {}, tool: {} } },
    network,
    ecs: {
      services: {
        web: deployed({ tag: "v1" }),
        later: deployed({ awaitsFirstPush: true }),
        helper: { image: { repository: "tool", tag: "v1" } },
      },
    },
  };
  const [environment] = loadEnvironments(only({ ...minimal, ...file }));
  if (environment === undefined) throw new Error("no environment");

  expect(notesOnPipelines(environment, "app")).toEqual([
    'pipelines deploy the images of ECS service "web", so the file does not say which of them run. To ask AWS: --live',
  ]);
  expect(notesOnPipelines(environment, "tool")).toEqual([]);
});
