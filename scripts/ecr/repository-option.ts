import { Option } from "commander";

/**
 * `--repository`, with the short spelling `--repo`: the same option, in every command that takes a repository.
 *
 * @param description what the name may be, and what it selects
 */
export const repositoryOption = (description = "short name of a repository, e.g. web-app"): Option =>
  new Option("--repo, --repository <name>", description);

/** {@link repositoryOption} of a command that needs a repository. */
export const requiredRepositoryOption = (description?: string): Option =>
  repositoryOption(description).makeOptionMandatory();
