import { expect, test } from "vitest";
import { withTags } from "../../../../scripts/adopt/adopted-tags";
import type { Adopted, RepositoryInput } from "../../../../scripts/adopt/environment-input";
import { type Note, noteLine } from "../../../../scripts/adopt/note";

const environment = { project: "shop", name: "dev" };

function adopt(repository: RepositoryInput, keep = false, rest: Partial<Adopted> = {}) {
  const notes: Note[] = [];
  const adopted: Adopted = { identity: {}, ecr: { repositories: { app: repository } }, ...rest };
  const { tags, ecr } = withTags(adopted, environment, keep, notes);
  return { tags, app: ecr.repositories?.["app"], notes: notes.map(noteLine) };
}

test("tags that every stack sets are left out, with a note if the value differs", () => {
  const tags = { Owner: "team", Project: "old", environment: "dev", ManagedBy: "cdktf" };

  const { app, notes } = adopt({ maxImageCount: 5, tags });

  expect(app).toEqual({ maxImageCount: 5, tags: { Owner: "team" } });
  expect(notes).toEqual([
    'choice: app: tag Project: found "old"; every stack sets Project to "shop", so this one is left out; to keep all tags of the repositories as they are: --keep-tags',
    'choice: app: tag environment: found "dev"; every stack sets Environment to "dev", so this one is left out; to keep all tags of the repositories as they are: --keep-tags',
  ]);
});

test("without a tag of its own, a repository has no tags in the file", () => {
  expect(adopt({ tags: { Project: "shop" } })).toEqual({ tags: undefined, app: {}, notes: [] });
  expect(adopt({}).app).toEqual({});
});

test("kept tags are in no file, and Terraform ignores them", () => {
  expect(adopt({ tags: { Project: "old", Owner: "team" } }, true)).toMatchObject({
    app: { ignoreTagChanges: true },
    notes: [],
  });
});

test("the tags of the environment follow the same rule", () => {
  const { tags, notes } = adopt({}, true, { tags: { Project: "old", Team: "a" } });

  expect(tags).toEqual({ Team: "a" });
  expect(notes).toHaveLength(1);
});

test("an environment with names of its own for the tags compares those", () => {
  const notes: Note[] = [];
  const tagNames = { project: "p", environment: "e", layer: "l", managedBy: "m" };
  const ecr = { repositories: { app: { tags: { Project: "other", p: "shop" } } } };
  const adopted = withTags({ identity: {}, ecr }, { ...environment, tagNames }, false, notes);

  expect(adopted.ecr.repositories).toEqual({ app: { tags: { Project: "other" } } });
  expect(notes).toEqual([]);
});
