import type { Forgotten } from "../forgotten";
import type { Judgement } from "../gates/judgement";
import type { LifecycleDelta } from "../lifecycle/lifecycle-delta";
import type { MovedAddress } from "../moved-address";
import type { Loss } from "../plan-review";
import type { MovedResource } from "../revisions/moved-resources";
import type { Weakening } from "../weakening";
import type { UnreadablePolicy } from "./access";
import type { AccessDelta } from "./access-rows";
import type { Action, Change } from "./change";
import type { RepositoryDelta } from "./registry";

/** What a change of the files does to AWS. This is also the form of `--json`. */
export interface Report {
  /** Rises when a field is removed or changes its meaning. */
  readonly schemaVersion: 1;
  /** `plans`: of Terraform, with the states and AWS. `revisions`: what two revisions of the files declare. */
  readonly source: "plans" | "revisions";
  /** What is compared, e.g. `main (1a2b3c4d5e6f)`. */
  readonly base: string;
  readonly head: string;
  readonly verdict: Verdict;
  /** What goes from one state to another before the deploy, and stays as it is in AWS. Of plans, nothing. */
  readonly moves: readonly MovedResource[];
  /** What the gates say. @default - they were not asked */
  readonly gates?: Judgement;
  /** Every stack of both revisions, by name; of plans those that were asked for, in the order of deployment. */
  readonly stacks: readonly StackReport[];
}

/** What changes in one stack. */
export interface StackReport {
  readonly stack: string;
  /**
   * `gone`: only the base has it, so that no command deploys or destroys it any more. `not planned`: Terraform cannot plan it
   * yet, see `waits`.
   */
  readonly status: "changed" | "gone" | "new" | "not planned" | "unchanged";
  /** Why it has no plan, or none that can be applied, each as a sentence. */
  readonly waits: readonly string[];
  /** Why a deploy would stop before it applies the plan. */
  readonly blocks: readonly string[];
  /** Number of resources by what happens to them; Terraform counts a replacement as one to add and one to destroy. */
  readonly counts: Readonly<Record<Action, number>>;
  /** Number of resources that the plan imports. */
  readonly imports: number;
  /** Resources that the plan removes from the state and leaves in AWS. */
  readonly forgotten: readonly Forgotten[];
  /** Resources that the plan takes from another address of the state. */
  readonly moved: readonly MovedAddress[];
  /** Number of resources of a stack that is gone. They stay in AWS. */
  readonly abandoned: number;
  /** Number of outputs that change. */
  readonly outputs: number;
  readonly changes: readonly Change[];
  /** Resources with content that no apply can restore. */
  readonly losses: readonly Loss[];
  /** What becomes weaker, also with settings that environments share. */
  readonly weakenings: readonly Weakening[];
  /** What lifecycle policies that change do to images. @default - nobody looked at the images */
  readonly lifecycle?: readonly LifecycleDelta[];
  readonly access: readonly AccessDelta[];
  /** Policies of which nobody can say yet whom they let in. */
  readonly unreadablePolicies: readonly UnreadablePolicy[];
  readonly repositories: readonly RepositoryDelta[];
  /** Account, Region, state and versions, each as `path: before -> after`. */
  readonly settings: readonly string[];
  /** Whether the tags that Terraform sets on every resource change; these updates are not counted. */
  readonly defaultTags: boolean;
}

/** What reviewers read first. */
export interface Verdict {
  /** Whether somebody has to look closely. */
  readonly risky: boolean;
  /** Whether a deploy would stop. */
  readonly blocked: boolean;
  /** One line. */
  readonly text: string;
}
