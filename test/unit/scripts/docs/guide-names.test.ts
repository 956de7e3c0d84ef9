import { expect, test } from "vitest";
import { guideNames } from "../../../../scripts/docs/guide-names";
import { annotatedSchema } from "../../../../scripts/docs/option-schema";
import { sectionsOf } from "../../../../scripts/docs/option-sections";

const sections = sectionsOf(annotatedSchema());

test("fails when a name of the guide leads to no option", () => {
  expect(() => guideNames(sections.filter(({ path }) => path !== "ecr"))).toThrowErrorMatchingInlineSnapshot(
    `[Error: no such option: ecr.repositories, ecr.encryptionType, ecr.enableScanFindingsLogging, ecr.logRetentionDays; correct the names of the guide]`,
  );
});
