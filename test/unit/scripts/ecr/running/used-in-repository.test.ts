import { expect, test } from "vitest";
import { usedInRepository } from "../../../../../scripts/ecr/running/used-in-repository";

const repository = { accountId: "123456789012", region: "us-east-1", name: "web" };
const uri = (reference: string) => `123456789012.dkr.ecr.us-east-1.amazonaws.com/web${reference}`;
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const images = [
  { imageDigest: digest("a"), imageTags: ["v1"] },
  { imageDigest: digest("b"), imageTags: ["v2", "latest"] },
];

test("users are told by image, each once, and tags count as what they name now", () => {
  const used = usedInRepository(
    [
      { uri: uri(":v1"), user: "service" },
      { uri: uri(`@${digest("a")}`), user: "task" },
      { uri: uri(`@${digest("a")}`), user: "task" },
      { uri: uri(":v1"), digest: digest("b"), user: "older task" },
      { uri: "nginx:1.29", user: "other" },
    ],
    repository,
    images,
  );

  expect([...used.byDigest]).toEqual([
    [digest("a"), ["service", "task"]],
    [digest("b"), ["older task"]],
  ]);
  expect(used.missing).toEqual([]);
});

test("who runs an image that is gone is told", () => {
  const { byDigest, missing } = usedInRepository(
    [
      { uri: uri(":v9"), user: "service" },
      { uri: uri(`@${digest("c")}`), user: "function" },
    ],
    repository,
    images,
  );

  expect(byDigest.size).toBe(0);
  expect(missing).toEqual([
    `function runs ${digest("c")}, which web does not have.`,
    "service runs v9, which web does not have.",
  ]);
});
