import { Construct } from "constructs";

/** A scope whose children have names that a user chose, so that no such name can collide with another construct. */
export class NameScope extends Construct {
  /**
   * @param service service whose resources are named after the children alone, because their type says the rest:
   *   `aws_ecr_repository.web-app` for `ecr` and not `aws_ecr_repository.repositories_web-app`. @default - none
   * @param formerNames name that a child had before, by its name now. A layer's stack moves the state of everything in it to
   *   the new address. @default - no child was renamed
   */
  constructor(
    scope: Construct,
    id: string,
    readonly service?: string,
    readonly formerNames: ReadonlyMap<string, string> = new Map(),
  ) {
    super(scope, id);
  }
}
