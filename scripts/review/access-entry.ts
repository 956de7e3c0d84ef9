/** What a statement allows or denies to one principal. */
export interface Access {
  /** `everyone`, an account ID, an ARN, or a service. */
  readonly principal: string;
  /** Whether it is no service and no principal of the resource's account. */
  readonly isOutside: boolean;
  readonly action: string;
  /** ARN of what it may be done with; `undefined` where the policy belongs to one resource. */
  readonly resource: string | undefined;
  /** The whole condition; empty without one. */
  readonly condition: object;
  /** Identifies it among others. */
  readonly id: string;
}
