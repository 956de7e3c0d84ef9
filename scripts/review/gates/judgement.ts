import type { GateName } from "../../../environments/options/acknowledged-changes";
import type { Severity } from "./gate";

/** Something that a gate stops. */
export interface Finding {
  readonly gate: GateName;
  readonly severity: Severity;
  readonly stack: string;
  /** Terraform address; `stack` if it is about a whole stack. */
  readonly address: string;
  /** One line. */
  readonly sentence: string;
}

/** A finding, and who accepts it. */
export interface JudgedFinding extends Finding {
  /** Reason and source of the acknowledgement. @default - nobody acknowledges it */
  readonly acknowledged?: { readonly reason: string; readonly source: string };
}

/** What the gates say. */
export interface Judgement {
  /** The most serious finding that nobody acknowledges; `clear` if there is none. */
  readonly verdict: "clear" | "risky" | "blocked";
  readonly findings: readonly JudgedFinding[];
  /** Acknowledgements that do not count, each as a sentence. They never change the verdict. */
  readonly problems: readonly string[];
  /** Acknowledgements that nothing needs any more, or yet, each as a sentence. They are no mistake. */
  readonly unneeded: readonly string[];
}
