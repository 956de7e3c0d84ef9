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
}

/** What the rules know besides the change of one resource. */
export interface WeakeningContext {
  readonly plan: TerraformPlan;
  /** Account of the stack, twelve digits. */
  readonly accountId: string;
}

/** Finds what the change of one resource makes weaker, each as the text of a {@link Weakening}. */
export type WeakeningRule = (change: ResourceChange, context: WeakeningContext) => readonly string[];

/** The rules of each resource type. */
export type WeakeningRules = Readonly<Record<string, readonly WeakeningRule[]>>;
