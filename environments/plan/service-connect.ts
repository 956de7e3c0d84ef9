import type { Environment } from "./environment";

/** Whether any service of an environment uses Service Connect, for which the environment has a namespace. */
export function usesServiceConnect({ ecs }: Pick<Environment, "ecs">): boolean {
  return Object.values(ecs?.services ?? {}).some(({ serviceConnect }) => serviceConnect !== undefined);
}
