import { consumersOf, describeConsumer, isDeployedByPipeline } from "../../environments/plan/consumers";
import type { Environment } from "../../environments/plan/environment";
import type { LifecyclePolicy } from "../../modules/ecr/lifecycle/lifecycle-rule";
import { storageClassOf } from "../../modules/ecr/lifecycle/lifecycle-rules";
import { actsByPull } from "../../modules/ecr/lifecycle/replica-lifecycle";
import { counted } from "../../modules/values/counted";
import { type ImageInput, isList } from "./image-input";

/** What a file may lack, so that the preview of its images may be wrong. */
export function notesOnFile({ rules }: LifecyclePolicy, images: readonly ImageInput[]): string[] {
  const notes: string[] = [];
  const lists = images.filter((image) => isList(image) && image.references === undefined);
  if (lists.length > 0)
    notes.push(
      `${counted(lists.length, "manifest list in the file has", "manifest lists in the file have")} no references, so images that only a list keeps may be shown as removed.`,
    );
  const selectsArchived = rules.some((rule) => storageClassOf(rule) === "archive");
  if (selectsArchived && !images.some(({ imageStatus }) => imageStatus === "ARCHIVED"))
    notes.push(
      "the policy has rules for archived images, and the file has none. If aws ecr describe-images ran without --filter imageStatus=ANY, it listed active images only.",
    );
  return notes;
}

/**
 * What a preview of rules by last pull cannot know.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageDetail.html ECR updates the time about once a day
 */
export function notesOnPulls({ rules }: LifecyclePolicy, images: readonly ImageInput[]): string[] {
  if (!rules.some(actsByPull)) return [];
  return images.some(({ lastRecordedPullTime }) => lastRecordedPullTime !== undefined)
    ? ["rules by last pull use the pulls that ECR has recorded, which it updates about once in 24 hours."]
    : ["no image has a lastRecordedPullTime, so rules by last pull count the days since each push."];
}

/**
 * What a preview that asks nothing cannot know: which image a pipeline has deployed. The file has only the first one.
 *
 * @param repository short name
 */
export function notesOnPipelines(environment: Environment, repository: string): string[] {
  const consumers = consumersOf(environment).filter(
    (consumer) => consumer.options.image.repository === repository && isDeployedByPipeline(consumer),
  );
  if (consumers.length === 0) return [];
  const names = consumers.map(describeConsumer).join(", ");
  return [
    `pipelines deploy the images of ${names}, so the file does not say which of them run. To ask AWS: --live`,
  ];
}
