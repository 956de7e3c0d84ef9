import type { UncheckedEcsService } from "../options/ecs";
import type { RuleContext } from "../schema/rule";

/** A container of a service before validation: the main one has no name of its own. */
export interface UncheckedContainer {
  readonly name: string;
  readonly options: UncheckedSidecar;
  readonly context: RuleContext;
  /** Whether it is the container of the service. */
  readonly isMain: boolean;
}

export type UncheckedSidecar = NonNullable<NonNullable<UncheckedEcsService["containers"]>[string]>;
