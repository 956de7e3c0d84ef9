import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { minimal, only } from "../../../support/environments/minimal";

test.each([["a string"], [null], [["CostCenter"]], [1]])("fails when tags are %j", (tags) => {
  const definitions = only({ ...minimal, tags } as never);

  expect(() => loadEnvironments(definitions)).toThrow(
    expect.objectContaining({
      message: `environments/test.ts: tags: found ${JSON.stringify(tags)}; tags are keys and values; use { CostCenter: "1234" }`,
    }),
  );
});

test("fails when AWS refuses the key of a tag", () => {
  const tags = { "aws:owner": "me", "cost!": "1", "": "empty" };
  const definitions = only({ ...minimal, tags });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: tags["aws:owner"]: found "aws:owner"; a tag key has 1 to 128 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; rename it
    environments/test.ts: tags["cost!"]: found "cost!"; a tag key has 1 to 128 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; rename it
    environments/test.ts: tags[""]: found ""; a tag key has 1 to 128 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; rename it]
  `);
});

test("fails when the key of a tag is longer than AWS takes", () => {
  const definitions = only({ ...minimal, tags: { ["k".repeat(129)]: "v" } });

  expect(() => loadEnvironments(definitions)).toThrow("a tag key has 1 to 128 letters");
});

test("fails when AWS refuses the value of a tag", () => {
  const definitions = only({ ...minimal, tags: { Owner: "me!", Cost: 1, Team: null } } as never);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: tags.Owner: found "me!"; a tag value is a string of up to 256 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; change it
    environments/test.ts: tags.Cost: found 1; a tag value is a string of up to 256 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; change it
    environments/test.ts: tags.Team: found null; a tag value is a string of up to 256 letters, digits, spaces and _.:/=+-@, without tabs and line breaks, and cannot start with aws: in any case; change it]
  `);
});

test("fails when the value of a tag is longer than AWS takes", () => {
  const definitions = only({ ...minimal, tags: { Owner: "v".repeat(257) } });

  expect(() => loadEnvironments(definitions)).toThrow("a tag value is a string of up to 256 letters");
});

test("tags may have the characters and lengths that AWS takes", () => {
  const tags = { ["k".repeat(128)]: "v".repeat(256), "Größe 1_.:/=+-@": "é aws:_.:/=+-@\u00a0", Empty: "" };

  const [environment] = loadEnvironments(only({ ...minimal, tags }));

  expect(environment?.tags).toEqual(tags);
});

test.each(["AWS:owner", "Aws:x", "aWs:y", "a\tb", "a\nb", "a\rb", "emoji 😀"])(
  "fails when the key of a tag is %j",
  (key) => {
    expect(() => loadEnvironments(only({ ...minimal, tags: { [key]: "v" } }))).toThrow(
      "a tag key has 1 to 128 letters",
    );
  },
);

test.each(["aws:owner", "AWS:x", "Aws:", "a\tb", "a\n", "a\r\nb", "a\u0085b", "a, b", "😀"])(
  "fails when the value of a tag is %j",
  (value) => {
    expect(() => loadEnvironments(only({ ...minimal, tags: { Owner: value } }))).toThrow("tags.Owner: found");
  },
);

test.each(["", "n".repeat(33), "aws:project", "AWS:project", "a b", "Größe", "a${b}", "a\n"])(
  "fails when tagNames calls a tag %j",
  (layer) => {
    expect(() => loadEnvironments(only({ ...minimal, tagNames: { layer } }))).toThrow(
      "the name of a tag has 1 to 32 letters, digits and _.:/=+-@ and cannot start with aws: or two underscores; use a name such as project",
    );
  },
);
