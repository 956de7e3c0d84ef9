import type { Judgement } from "../gates/judgement";
import type { Loss } from "../plan-review";
import type { Weakening } from "../weakening";
import type { AccessDelta } from "./access";
import type { Action, Change } from "./change";
import type { RepositoryDelta } from "./registry";

/** Two revisions of all stacks, compared. This is also the form of `--json`. */
export interface Report {
  /** Rises when a field is removed or changes its meaning. */
  readonly schemaVersion: 1;
  /** What is compared, e.g. `main (1a2b3c4d5e6f)`. */
  readonly base: string;
  readonly head: string;
  readonly verdict: Verdict;
  /** What the gates say. @default - they were not asked */
  readonly gates?: Judgement;
  /** Every stack of both revisions, by name. */
  readonly stacks: readonly StackReport[];
}

/** What changes in one stack. */
export interface StackReport {
  readonly stack: string;
  /** `gone`: only the base has it, so that no command deploys or destroys it any more. */
  readonly status: "changed" | "gone" | "new" | "unchanged";
  /** Number of resources by what happens to them; Terraform counts a replacement as one to add and one to destroy. */
  readonly counts: Readonly<Record<Action, number>>;
  /** Number of resources of a stack that is gone. They stay in AWS. */
  readonly abandoned: number;
  /** Number of outputs that change. */
  readonly outputs: number;
  readonly changes: readonly Change[];
  /** Resources with content that no apply can restore. */
  readonly losses: readonly Loss[];
  /** What becomes weaker, also with settings that environments share. */
  readonly weakenings: readonly Weakening[];
  readonly access: readonly AccessDelta[];
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
  /** One line. */
  readonly text: string;
}
