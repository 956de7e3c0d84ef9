import { defaultTagNames, type EnvironmentId, type TagNames } from "../../environments/naming";

/** A tag as ECR returns it. */
interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/**
 * The environment that the tags of a resource name; `undefined` if they name none.
 *
 * @param tagNames of the environment that is deployed. Others of the same registry may have other names for these tags:
 *   theirs are found by the default names
 */
export function taggedEnvironment(tags: readonly Tag[], tagNames: TagNames): EnvironmentId | undefined {
  for (const names of [tagNames, defaultTagNames]) {
    const tag = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
    const [project, name] = [tag(names.project), tag(names.environment)];
    if (project !== undefined && name !== undefined) return { project, name };
  }
  return undefined;
}
