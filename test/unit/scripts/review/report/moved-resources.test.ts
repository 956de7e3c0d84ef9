import { expect, test } from "vitest";
import { asText } from "../../../../../scripts/review/report/as-text";
import { only } from "../../../../support/environments/minimal";
import { everyConsumer } from "../../../../support/every-consumer";
import { partOn, reportBetween, stacksOf } from "../../../../support/review/edited-stacks";

const names = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** Stacks of an environment with a role that may pull, some repositories and the given number of shards. */
const stacksWith = (stateShards?: number, some = names) => {
  const { ecr = {} } = everyConsumer;
  const role = "arn:aws:iam::123456789012:role/puller";
  const added = Object.fromEntries(
    some.map((name) => [name, { pullRoleArns: [role], imageTagMutability: "IMMUTABLE" as const }]),
  );
  return stacksOf(
    only({
      ...everyConsumer,
      ecr: {
        ...ecr,
        ...(stateShards !== undefined && { stateShards }),
        repositories: { ...ecr.repositories, ...added },
      },
    }),
  );
};

const whole = stacksWith();
const three = stacksWith(3);
const five = stacksWith(5);

test.each([
  ["switched on", whole, three],
  ["with more shards", three, five],
  ["with fewer shards", five, three],
  ["switched off", three, whole],
])("%s: repositories move to another state, and none is lost, created or changed", (_, base, head) => {
  const report = reportBetween(base, head);
  const repositories = report.stacks.flatMap(({ changes }) =>
    changes.filter(({ type }) => type.startsWith("aws_ecr_")).map(({ action, address }) => [action, address]),
  );

  expect([repositories, report.stacks.flatMap(({ losses }) => losses)]).toEqual([[], []]);
  expect(report.moves.length).toBeGreaterThan(0);
  expect(report.verdict.text).toContain(`${report.moves.length} to move to another state`);
  expect(asText(report)).toContain("Before the deploy: npm run shards -- --env full --apply");
  expect(report.stacks.filter(({ abandoned }) => abandoned > 0)).toEqual([]);
});

test("a repository that is removed while others move is a loss", () => {
  const report = reportBetween(
    three,
    stacksWith(
      5,
      names.filter((name) => name !== "c"),
    ),
  );

  expect(report.stacks.flatMap(({ losses }) => losses.map(({ address }) => address))).toEqual([
    "aws_ecr_repository.c",
  ]);
});

test("a repository that is removed with its former shard is a loss in the stack that is left", () => {
  const report = reportBetween(
    three,
    stacksWith(
      undefined,
      names.filter((name) => name !== "c"),
    ),
  );

  expect(partOn("compute-full", report).losses.map(({ address }) => address)).toEqual([
    "aws_ecr_repository.c",
  ]);
});
