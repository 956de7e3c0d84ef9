import fc from "fast-check";
import { expect, test } from "vitest";
import { TerraformProgress } from "../../../../scripts/runner/terraform-progress";

/** What Terraform 1.11 prints for people, with colors. */
const printed = [
  "\u001b[0m\u001b[1maws_kms_key.ecr: Refreshing state... [id=1234]\u001b[0m",
  "data.aws_region.this: Reading...",
  "data.aws_region.this: Read complete after 0s [id=eu-west-1]",
  "Plan: 1 to import, 2 to add, 1 to change, 1 to destroy.",
  "aws_ecr_repository.a: Importing... [id=a]",
  "aws_ecr_repository.a: Import complete [id=a]",
  'aws_ecr_repository.b["a: b"]: Destroying... [id=b]',
  'aws_ecr_repository.b["a: b"]: Still destroying... [id=b, 10s elapsed]',
  'aws_ecr_repository.b["a: b"]: Destruction complete after 12s',
  "aws_ecs_service.c: Creating...",
  "\u001b[0m\u001b[1maws_ecs_service.d: Creating...\u001b[0m\u001b[0m",
  "aws_ecs_service.c: Creation complete after 1m2s [id=arn:aws:ecs:eu-west-1:111122223333:service/c]",
  "aws_ecs_service.e: Modifying... [id=e]",
  "aws_ecs_service.e: Modifications complete after 2s [id=e]",
].map((line) => `${line}\n`);

test("resources are counted as Terraform begins and ends them", () => {
  const progress = new TerraformProgress();
  const texts = printed.map((line) => {
    progress.add(line);
    return progress.text();
  });

  expect(texts).toEqual([
    ...["1 read", "2 read", "2 read", "2 read", "0 of 5, 1 in progress", "1 of 5"],
    ...["1 of 5, 1 in progress", "1 of 5, 1 in progress", "2 of 5", "2 of 5, 1 in progress"],
    ...["2 of 5, 2 in progress", "3 of 5, 1 in progress", "3 of 5, 2 in progress", "4 of 5, 1 in progress"],
  ]);
});

test("a saved plan says its total before, and without one there is none", () => {
  const [known, unknown] = [new TerraformProgress(7), new TerraformProgress()];
  for (const progress of [known, unknown])
    progress.add("a.b: Creating...\na.b: Creation complete after 0s\n");

  expect([known.text(), unknown.text()]).toEqual(["1 of 7", "1 done"]);
});

test("it does not matter where the output is cut", () => {
  const whole = printed.join("");
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), { maxLength: 20 }), (cuts) => {
      const progress = new TerraformProgress();
      const places = [0, ...cuts.toSorted((one, other) => one - other), whole.length];
      for (const [index, place] of places.slice(1).entries()) progress.add(whole.slice(places[index], place));
      return progress.text() === "4 of 5, 1 in progress";
    }),
  );
});
