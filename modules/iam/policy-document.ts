/** One statement of a policy document, in IAM's own JSON words. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: readonly string[];
  readonly Resource?: string | readonly string[];
  /** Everything but these. In place of `Resource`. */
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A statement that allows actions. */
export function allow(
  Sid: string,
  Action: readonly string[],
  Resource: string | readonly string[],
  Condition?: Statement["Condition"],
): Statement {
  return { Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}

/** The JSON of a policy. Statements keep their order, so equal input gives equal text. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/**
 * A text for an argument of Terraform, which would take what looks like a variable, such as IAM's
 * `${aws:PrincipalTag/team}`, for its own. Unlike `literalText`, it leaves tokens of CDKTF as they are.
 */
export function forTerraform(policy: string): string {
  return policy.replace(/([$%])\{(?!TfToken\[)/g, "$1$1{");
}
