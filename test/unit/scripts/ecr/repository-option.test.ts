import { Command } from "commander";
import { expect, test } from "vitest";
import { repositoryOption, requiredRepositoryOption } from "../../../../scripts/ecr/repository-option";

const parsed = (option: ReturnType<typeof repositoryOption>, ...args: string[]) =>
  new Command("images")
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .addOption(option)
    .parse(args, { from: "user" })
    .opts();

test.each([
  [["--repository", "web-app"]],
  [["--repo", "web-app"]],
  [["--repository=web-app"]],
  [["--repo=web-app"]],
])("%s chooses the repository", (args) => {
  expect(parsed(requiredRepositoryOption(), ...args)).toEqual({ repository: "web-app" });
});

test("of both spellings the last one counts", () => {
  expect(parsed(repositoryOption(), "--repo", "web-app", "--repository", "worker")).toEqual({
    repository: "worker",
  });
});

test("a command that needs a repository names both spellings", () => {
  expect(parsed(repositoryOption())).toEqual({});
  expect(() => parsed(requiredRepositoryOption())).toThrow(
    "required option '--repo, --repository <name>' not specified",
  );
});
