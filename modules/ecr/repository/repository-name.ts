/**
 * Valid names of private repositories.
 *
 * The API's pattern and the AWS documentation disagree (several separators in a row, a leading digit), so this is what
 * both accept: it starts with a letter, one `.`, `_` or `-` between letters and digits, `/` between components, 2 to
 * 256 characters.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 */
const repositoryNamePattern = /^(?=[a-z])[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/;

/** What the API accepts: also several separators in a row, and a digit at the start. */
const existingNamePattern =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/** Why no repository can have this full name, as "rule; remedy"; `undefined` when one can, however it was created. */
export function existingNameProblem(name: string): string | undefined {
  return (
    lengthProblem(name) ??
    (existingNamePattern.test(name)
      ? undefined
      : `no ECR repository can have the name "${name}"; use the full name without the registry, for example "team/tool"`)
  );
}

/** Why a full repository name is rejected, as "rule; remedy"; `undefined` when it is valid. */
export function repositoryNameProblem(name: string): string | undefined {
  const problem = lengthProblem(name);
  if (problem !== undefined) return problem;
  if (!repositoryNamePattern.test(name))
    return `the full name would be "${name}", and ECR allows only lowercase letters and digits with single ".", "_", "-" or "/" between them, starting with a letter; rename it`;
  return undefined;
}

function lengthProblem(name: string): string | undefined {
  return name.length < 2 || name.length > 256
    ? `a repository name has 2 to 256 characters and "${name.length > 60 ? `${name.slice(0, 60)}…` : name}" has ${name.length}; choose a name within these limits`
    : undefined;
}
