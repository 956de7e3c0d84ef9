import { expect, test } from "vitest";
import { heldAs, lackOf } from "../../../../../modules/ecr/replication/replica-comparison";
import { movesText, tagMoves } from "../../../../../scripts/ecr/promote/tag-moves";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const target = new Map([
  [digest("a"), heldAs({ imageTags: ["v1", "latest"] })],
  [digest("b"), heldAs({ imageTags: ["v2"] })],
]);
const lacking = (letter: string, ...imageTags: string[]) => {
  const lack = lackOf({ imageDigest: digest(letter), imageTags }, target);
  return lack === undefined ? [] : [lack];
};
const mutable = () => true;

test("a tag that the target has on another image moves, one that it lacks does not", () => {
  expect(tagMoves(lacking("c", "v1", "v3"), target, mutable)).toEqual([
    { tag: "v1", from: digest("a"), to: digest("c"), immutable: false },
  ]);
});

test("a tag moves also between images that the target has both", () => {
  expect(tagMoves(lacking("b", "v2", "latest"), target, mutable)).toMatchObject([
    { tag: "latest", from: digest("a"), to: digest("b") },
  ]);
});

test("what the target has with its tags moves nothing", () => {
  expect(tagMoves(lacking("a", "v1"), target, mutable)).toEqual([]);
});

test("the text says from which digest to which, and that an immutable tag stays", () => {
  const moves = tagMoves(lacking("c", "v1", "v2"), target, (tag) => tag === "v1");

  expect(movesText(moves, "prod-app")).toEqual([
    `The tag v1 of prod-app moves from ${digest("a")} to ${digest("c")}.`,
    `The tag v2 of prod-app is immutable and stays on ${digest("b")}, not on ${digest("c")}.`,
  ]);
});
