import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImageInput } from "../../../../../scripts/ecr/image-input";
import { imageFamily, unreadableMembers } from "../../../../../scripts/ecr/promote/image-family";

const hex = (letter: string) => letter.repeat(64);
const digest = (letter: string) => `sha256:${hex(letter)}`;
const image = (letter: string, more: Partial<ImageInput> = {}): ImageInput => ({
  imageDigest: digest(letter),
  imagePushedAt: new Date(0),
  ...more,
});
const family = (images: readonly ImageInput[], root = "a", tag: string | undefined = "v1") =>
  imageFamily(digest(root), tag, images).map(({ image: { imageDigest }, tags }) => [
    imageDigest.slice(7, 8),
    tags,
  ]);

describe("the family of an image", () => {
  test("is the image with the tag that was asked for, without its other tags", () => {
    expect(family([image("a", { imageTags: ["v1", "latest"] }), image("b")])).toEqual([["a", ["v1"]]]);
    expect(family([image("a", { imageTags: ["v1"] })], "a", "")).toEqual([["a", [""]]]);
    expect(imageFamily(digest("a"), undefined, [image("a", { imageTags: ["v1"] })])[0]?.tags).toEqual([]);
  });

  test("has the images of its platforms, without tags", () => {
    const list = image("a", { references: [digest("b"), digest("c")] });

    expect(family([list, image("b", { imageTags: ["v1-arm64"] }), image("c")])).toEqual([
      ["a", ["v1"]],
      ["b", []],
      ["c", []],
    ]);
  });

  test("has signatures and SBOMs of any of them, and what is attached to those", () => {
    const images = [
      image("a", { references: [digest("b")] }),
      image("b"),
      image("c", { subject: digest("b") }),
      image("d", { subject: digest("c") }),
      image("e", { subject: digest("f") }),
      image("f"),
    ];

    expect(family(images).map(([letter]) => letter)).toEqual(["a", "b", "c", "d"]);
  });

  test("has what older tools attach by tags, with those tags", () => {
    const images = [
      image("a"),
      image("c", { imageTags: [`sha256-${hex("a")}.sig`, "nightly"] }),
      image("d", { imageTags: [`sha256-${hex("a")}`], references: [digest("e")] }),
      image("e"),
      image("f", { imageTags: [`sha256-${hex("b")}.sig`] }),
    ];

    expect(family(images)).toEqual([
      ["a", ["v1"]],
      ["c", [`sha256-${hex("a")}.sig`]],
      ["d", [`sha256-${hex("a")}`]],
      ["e", []],
    ]);
  });

  test("is empty if the repository does not have the image", () => {
    expect(family([image("b")])).toEqual([]);
  });
});

test("the family is what can be reached along references and from subjects, each once, also in circles", () => {
  const letters = ["a", "b", "c", "d", "e"];
  const generated = fc.array(
    fc.record({
      references: fc.uniqueArray(fc.constantFrom(...letters), { maxLength: 2 }),
      subject: fc.option(fc.constantFrom(...letters), { nil: undefined }),
    }),
    { minLength: 5, maxLength: 5 },
  );
  fc.assert(
    fc.property(generated, (all) => {
      const images = all.map(({ references, subject }, index) =>
        image(letters[index] ?? "", {
          references: references.map(digest),
          subject: subject === undefined ? undefined : digest(subject),
        }),
      );
      // Warshall's closure of "belongs to".
      const edge = (from: number, to: number) =>
        all[from]?.references.includes(letters[to] ?? "") || all[to]?.subject === letters[from];
      const reach = letters.map((_, from) => letters.map((__, to) => from === to || edge(from, to)));
      for (const k of letters.keys())
        for (const from of letters.keys())
          for (const to of letters.keys())
            if (reach[from]?.[k] && reach[k]?.[to]) (reach[from] as boolean[])[to] = true;

      const found = family(images).map(([letter]) => letter);

      expect(found.toSorted()).toEqual(letters.filter((_, to) => reach[0]?.[to]));
    }),
  );
});

test("what belongs to the image and is in the archive is unreadable, unless the target has it", () => {
  const archived = { imageStatus: "ARCHIVED" } as const;
  const images = [
    image("a", { references: [digest("b")] }),
    image("b", archived),
    image("c", { subject: digest("a"), ...archived }),
  ];
  const held = new Map([[digest("b"), { active: true, tags: [] }]]);

  expect(unreadableMembers(imageFamily(digest("a"), "v1", images), held)).toEqual([images[2]]);
});
