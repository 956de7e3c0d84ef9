import { patternMatcher } from "../../../modules/ecr/lifecycle/tag-pattern";
import type { Note } from "../note";
import type { FoundRepository } from "./found-registry";
import { parsed, type Statement, statementsIn } from "./parsed-policy";

/** What the name of a repository and its registry make its ARN of. */
interface Registry {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

/**
 * A repository policy without the element `Resource`. ECR has refused policies with it, so this project writes none, and it
 * means nothing: a repository policy applies to its repository alone. A statement for other resources has never applied to
 * anything, and without the element it would, so it is left out.
 *
 * @see https://github.com/aws/aws-cdk/issues/24314 ECR refuses the element
 * @see https://github.com/awsdocs/amazon-ecr-user-guide/pull/20
 */
export function adoptedPolicy(
  { name, policy, place }: Pick<FoundRepository, "name" | "policy" | "place">,
  registry: Registry,
  notes: Note[],
): unknown {
  if (policy === undefined) return undefined;
  const document = parsed(policy);
  const statements = statementsIn(document);
  // The schema says what is wrong with it.
  if (statements === undefined) return document;
  const note = (statement: Statement, text: string) =>
    notes.push({
      ...{
        kind: "loss",
        subject: `${name}: policy statement ${String(statement["Sid"] ?? statements.indexOf(statement) + 1)}`,
      },
      ...(place !== undefined && { place }),
      ...{ found: statement["Resource"], text },
    });
  const kept = statements.flatMap((statement): Statement[] => {
    const { Resource, ...rest } = statement;
    if (Resource === undefined) return [statement];
    const applies = reaches(Resource, name, registry);
    if (applies)
      note(
        statement,
        "a repository policy applies to its repository alone, so Resource is left out: the text changes, and what it allows does not",
      );
    else
      note(statement, "this is not the repository, so the statement has never applied, and it is left out");
    return applies ? [rest] : [];
  });
  if (kept.length === 0 && statements.length > 0) return undefined;
  const given = (document as Statement)["Statement"];
  return given === undefined
    ? document
    : { ...(document as Statement), Statement: Array.isArray(given) ? kept : kept[0] };
}

/** Whether a `Resource` element matches the repository. What is not known of the ARN counts as equal. */
function reaches(resource: unknown, name: string, { accountId, region }: Registry): boolean {
  return [resource].flat().some((one) => {
    if (one === "*") return true;
    const [, service, inRegion, inAccount, path = ""] =
      /^arn:[a-z*-]+:([^:]+):([^:]*):([^:]*):repository\/(.+)$/.exec(String(one)) ?? [];
    const fits = (pattern: string | undefined, value: string | undefined) =>
      pattern !== undefined && (value === undefined || patternMatcher(pattern)(value));
    return fits(service, "ecr") && fits(inRegion, region) && fits(inAccount, accountId) && fits(path, name);
  });
}
