import fc from "fast-check";
import { expect, test } from "vitest";
import {
  existingNameProblem,
  repositoryNameProblem,
} from "../../../../../modules/ecr/repository/repository-name";

test.each(["ab", "a1", "myproject-dev-web-app", "team/app", "team/2048", "a.b_c-d/e.f", "a".repeat(256)])(
  "%s is legal",
  (name) => {
    expect(repositoryNameProblem(name)).toBeUndefined();
  },
);

test.each([
  ["an upper-case letter", "myproject-Web"],
  ["a leading digit", "2048"],
  ["a leading separator", "-web"],
  ["a trailing separator", "web-"],
  ["two separators in a row", "web--app"],
  ["two underscores in a row", "web__app"],
  ["a leading slash", "/web"],
  ["a trailing slash", "web/"],
  ["two slashes in a row", "team//web"],
  ["a separator at the start of a component", "team/-web"],
  ["a separator at the end of a component", "team-/web"],
  ["a space", "web app"],
  ["a letter outside ASCII", "wéb"],
])("fails when a name has %s", (_, name) => {
  expect(repositoryNameProblem(name)).toBe(
    `the full name would be "${name}", and ECR allows only lowercase letters and digits with single ".", "_", "-" or "/" between them, starting with a letter; rename it`,
  );
});

test("fails when a name is longer than 256 characters, and shows its start", () => {
  expect(repositoryNameProblem("a".repeat(257))).toMatchInlineSnapshot(
    `"a repository name has 2 to 256 characters and "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" has 257; choose a name within these limits"`,
  );
});

test("fails when a name is shorter than 2 characters", () => {
  expect(repositoryNameProblem("a")).toBeDefined();
});

test("a name that is accepted is accepted by the pattern of the API", () => {
  const api = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;

  fc.assert(
    fc.property(fc.stringMatching(/^[ab0._/A-]{0,8}$/), (name) => {
      fc.pre(repositoryNameProblem(name) === undefined);

      expect(name).toMatch(api);
    }),
  );
});

test("an existing repository may have any name that the pattern of the API allows, and no other", () => {
  const api = /^(?=.{2,256}$)[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;

  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[ab0._/A-]{0,8}$/), { maxLength: 20 }), (names) => {
      const allowed = names.filter((name) => existingNameProblem(name) === undefined);

      expect(allowed).toEqual(names.filter((name) => api.test(name)));
    }),
    { numRuns: 200 },
  );
});
