import { typeOf } from "../address-type";
import type { Verb } from "../report/access-rows";
import type { Weakening, WeakeningRules } from "../weakening";

/**
 * `blocked`: reverting the change does not undo it, or somebody outside the account gets in until then; a pipeline waits
 * for an acknowledgement. `risky`: reverting it restores what was.
 */
export type Severity = "blocked" | "risky";

/** What gates read of the review of one stack. */
export interface GateInput {
  readonly stack: string;
  /** Number of resources that stay in AWS because no revision after the base has the stack. */
  readonly abandoned: number;
  readonly losses: readonly Located[];
  readonly weakenings: readonly Weakening[];
  readonly access: readonly GrantedAccess[];
  /** Policies of which nobody can say whom they let in. */
  readonly unreadable: readonly Located[];
  /** What Terraform removes from its state and leaves in AWS. */
  readonly forgotten: readonly Located[];
  /** What is destroyed or replaced, without what is known to be harmless. */
  readonly destroyed: readonly Located[];
  readonly settings: readonly string[];
}

/** Something to say about one resource. */
export interface Located {
  readonly address: string;
  readonly sentence: string;
  /** Where it is less serious than the gate says. @default - that of the gate */
  readonly severity?: Severity;
}

/** One line of changed access. */
export interface GrantedAccess extends Located {
  readonly principal: string;
  readonly verb: Verb;
  /** Whether a policy of something that exists allows more than before. */
  readonly broadens: boolean;
  /** Whether everyone gains it, without a condition. */
  readonly isPublic: boolean;
}

/** One rule of the review. */
export interface Gate {
  readonly severity: Severity;
  /** What it stops, in words for docs/reference/gates.md. */
  readonly stops: string;
  /** What the plan of one resource makes weaker. @default - none */
  readonly rules?: WeakeningRules;
  /** What else it finds. @default - nothing */
  readonly find?: (input: GateInput) => readonly Located[];
}

/** The losses of resources of some types. */
export const lossOf =
  (types: readonly string[], isWanted: (stack: string) => boolean = () => true) =>
  ({ losses, stack }: GateInput): readonly Located[] =>
    isWanted(stack) ? losses.filter(({ address }) => types.includes(typeOf(address))) : [];
