/** One statement of a policy document, with IAM's own keys. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: readonly string[];
  readonly Resource?: string | readonly string[];
  /** All resources except these. Instead of `Resource`. */
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A statement of a policy that belongs to a resource, with every element that such a statement may have. */
export interface ResourceStatement extends Omit<Statement, "Sid" | "Action"> {
  readonly Sid?: string;
  /** Every principal except these. Instead of `Principal`, to deny. */
  readonly NotPrincipal?: Statement["Principal"];
  readonly Action?: readonly string[];
  /** Every action except these. Instead of `Action`. */
  readonly NotAction?: readonly string[];
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

/** Resources as IAM writes them: one is no list. */
export function oneOrMore(resources: readonly string[]): string | readonly string[] {
  const [only] = resources;
  return resources.length === 1 && only !== undefined ? only : resources;
}

/** What a policy has besides its statements. Without a Version, the language is that of 2008. */
export interface PolicyHead {
  readonly Version?: string;
  readonly Id?: string;
}

/** The JSON of a policy. Statements keep their order, so equal input gives equal text. */
export function policyDocument(
  statements: readonly ResourceStatement[],
  head: PolicyHead = { Version: "2012-10-17" },
): string {
  return JSON.stringify({ ...head, Statement: statements });
}

/**
 * A policy as a Terraform argument: escapes the IAM policy variables that code writes, such as
 * `${aws:PrincipalTag/team}`, which Terraform would evaluate. CDKTF tokens stay. Texts of an environment file need no
 * escape here: see `literalText`.
 */
export function forTerraform(policy: string): string {
  return policy.replace(/([$%])\{(?!TfToken\[)/g, "$1$1{");
}
