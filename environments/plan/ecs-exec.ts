import type { UncheckedEnvironment } from "../options/environment";
import { entriesIn } from "../schema/unchecked";

/** Whether people can run commands in the containers of a service of an environment. */
export function hasExec({ ecs }: Pick<UncheckedEnvironment, "ecs">): boolean {
  return entriesIn(ecs?.services).some(([, { exec }]) => exec === true);
}
