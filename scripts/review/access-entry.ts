/** What a statement allows or denies to one principal. */
export interface Access {
  /** `everyone`, an account ID, an ARN, or a service. */
  readonly principal: string;
  /** The same for comparisons: principals of two types can have one name. */
  readonly who: Who;
  /** Whether it is no service and no principal of the resource's account. */
  readonly isOutside: boolean;
  /** E.g. `ecr:Batch*`, or `all but iam:*`. */
  readonly action: string;
  readonly actions: Names;
  /** ARN of what it may be done with; `undefined` where the policy belongs to one resource. */
  readonly resource: string | undefined;
  readonly resources: Names | undefined;
  /** The whole condition; empty without one. */
  readonly condition: object;
  /** Policy variables in the statement that a request may lack, sorted; `undefined` if the policy's version has none. */
  readonly variables: readonly string[] | undefined;
  /** Identifies it among others. */
  readonly id: string;
}

/** One pattern with `*` and `?`, or everything but what some patterns match. */
export type Names = { readonly pattern: string } | { readonly allBut: readonly string[] };

/** One principal, or everybody but some. */
export type Who = Principal | { readonly allBut: readonly Principal[] };

export interface Principal {
  /** `AWS`, `Service`, `Federated` or `CanonicalUser`. */
  readonly type: string;
  /** E.g. `*`, `account 123456789012`, or an ARN. */
  readonly id: string;
  /** Another account than that of the resource, if it is this account or a principal in it. */
  readonly otherAccount: string | undefined;
}
