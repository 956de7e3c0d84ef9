import type { GateName } from "../../environments/options/acknowledged-changes";
import type { ResourceChange, TerraformPlan } from "./terraform-plan";

/** Something that a plan makes weaker, without destroying what it protects. */
export interface Weakening {
  /** Terraform address, e.g. `aws_ecr_repository.web-app`. */
  readonly address: string;
  /** The resource's own name, e.g. that of a repository. */
  readonly name: string;
  /** Whether the plan creates it, with everything that it belongs to: nothing that exists is opened. @default - false */
  readonly isNew?: boolean;
  /** The gate that stops it. */
  readonly gate: GateName;
  /** What becomes weaker, on one line, e.g. `scan_on_push: true -> false; pushed images are not scanned`. */
  readonly text: string;
  /** Whose access changes, if a policy is compared. @default - it is about something else */
  readonly access?: WeakenedAccess;
  /** Where it is less serious than its gate says. @default - that of the gate */
  readonly severity?: "risky";
}

/** Whose access a policy changes, to find the same in what else is said about it. */
export interface WeakenedAccess {
  /** E.g. `everyone`; `undefined` for a statement with `Deny`. */
  readonly principal?: string;
  readonly verb: "gains" | "loses" | "is no longer denied";
  /** On one line; empty without one. */
  readonly condition: string;
}

/** What a rule finds: only a text, or with whose access changes, or less serious than its gate says. */
export type Weakness = string | Pick<Weakening, "text" | "access" | "severity">;

/** What the rules know besides the change of one resource. */
export interface WeakeningContext {
  readonly plan: TerraformPlan;
  /** Account of the stack, twelve digits. */
  readonly accountId: string;
}

/** Finds what the change of one resource makes weaker. */
export type WeakeningRule = (change: ResourceChange, context: WeakeningContext) => readonly Weakness[];

/** The rules of each resource type. */
export type WeakeningRules = Readonly<Record<string, readonly WeakeningRule[]>>;
