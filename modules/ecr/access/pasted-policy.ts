import type { PolicyHead } from "../../iam/policy-document";
import type { Path, StatementParts } from "../../iam/statement-parts";
import type { ValueProblem } from "../../values/issues";
import { readJsonText } from "../../values/json-text";
import { suggest } from "../../values/suggestion";
import { unwritableTexts } from "../../values/unwritable-text";
import { readRepositoryStatement } from "./repository-statement";

/** A repository policy as IAM's JSON: its statements as far as they could be read, and the problems of its shape. */
export interface PastedPolicy {
  readonly statements: readonly StatementParts[];
  readonly problems: readonly ValueProblem[];
  /** Its Version and Id, which Terraform compares with those that AWS has. */
  readonly head: PolicyHead;
}

const elements = ["Version", "Id", "Statement"] as const;
const versions = ["2012-10-17", "2008-10-17"] as const;

/**
 * Read a repository policy as people have it: the text or the object of the JSON that AWS's documentation and
 * `aws ecr get-repository-policy` show.
 *
 * @param path path of the policy, for problems
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
export function readPastedPolicy(policy: unknown, path: Path = []): PastedPolicy {
  if (typeof policy !== "string") return readDocument(policy, path);
  const read = readJsonText(policy, '{"Version":"2012-10-17","Statement":[…]}');
  if ("problems" in read) return { statements: [], problems: below(path, read.problems), head: {} };
  const { statements, problems, head } = readDocument(read.value, path);
  return { statements, head, problems: [...below(path, unwritableTexts(read.value)), ...problems] };
}

const below = (path: Path, problems: readonly ValueProblem[]): ValueProblem[] =>
  problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));

function readDocument(document: unknown, path: Path): PastedPolicy {
  if (typeof document !== "object" || document === null || Array.isArray(document))
    return refusal(path, document, "this must be a policy; use { Version, Statement }");
  const given = document as Record<string, unknown>;
  // What the AWS CLI prints around the policy.
  if (typeof given["policyText"] === "string")
    return refusal(
      [...path, "policyText"],
      given["policyText"],
      "this is the AWS response that contains a policy; use only its policyText",
    );
  const { Version: version, Id: id, Statement: statement } = given;
  const read = statementsIn(statement, [...path, "Statement"]).map(([one, at]) =>
    readRepositoryStatement(one, at),
  );
  const statements = read.map(({ parts }) => parts);
  return {
    statements,
    head: {
      ...(typeof version === "string" && { Version: version }),
      ...(typeof id === "string" && { Id: id }),
    },
    problems: [
      ...Object.keys(given).flatMap((key) => elementProblem(key, given[key], path)),
      ...versionProblems(version, id, path),
      ...(read.length === 0
        ? refusal([...path, "Statement"], statement, "a policy needs a statement; add one").problems
        : []),
      ...read.flatMap(({ problems }) => problems),
      ...(version === "2012-10-17" ? [] : statements.flatMap(variableProblems)),
    ],
  };
}

function refusal(path: Path, found: unknown, advice: string): PastedPolicy {
  return { statements: [], problems: [{ path, found, advice }], head: {} };
}

/** One statement may stand without brackets. */
function statementsIn(statement: unknown, path: Path): [unknown, Path][] {
  if (statement === undefined) return [];
  return Array.isArray(statement)
    ? statement.map((one: unknown, index) => [one, [...path, index]])
    : [[statement, path]];
}

function elementProblem(key: string, found: unknown, path: Path): ValueProblem[] {
  if (elements.some((known) => known === key)) return [];
  const advice = `a policy has no such element; ${suggest(key, elements) ?? `choose from ${elements.join(", ")}`}`;
  return [{ path: [...path, key], found, advice }];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
function versionProblems(version: unknown, id: unknown, path: Path): ValueProblem[] {
  const problems: ValueProblem[] = [];
  if (version !== undefined && !versions.some((known) => known === version))
    problems.push({
      path: [...path, "Version"],
      found: version,
      advice: 'this is the version of the policy language, not of the policy; use "2012-10-17"',
    });
  if (id !== undefined && typeof id !== "string")
    problems.push({
      path: [...path, "Id"],
      found: id,
      advice: "an Id is a string; put it in quotes or remove it",
    });
  return problems;
}

/** In the language of 2008, which is the default, `${` is plain text. */
function variableProblems({ conditions }: StatementParts): ValueProblem[] {
  return conditions
    .flatMap(({ values }) => values)
    .filter(({ value }) => value.includes("${"))
    .map(({ path, value }) => ({
      path,
      found: value,
      advice: 'a policy variable has no effect in the version 2008-10-17; set Version: "2012-10-17"',
    }));
}
