import { RepositoryOptions } from "../../environments/options/repository";
import { unreachableImageCount } from "../../modules/ecr/lifecycle/lifecycle-presets";
import type { Adopted, RepositoryInput } from "./environment-input";
import type { Note } from "./note";

const { shape } = RepositoryOptions;

/** Whether an option of a repository exists and takes a value. */
const takes = (option: string, value: unknown): boolean =>
  (shape as Readonly<Record<string, { safeParse(given: unknown): { success: boolean } }>>)[option]?.safeParse(
    value,
  ).success === true;

const takesNone = takes("lifecyclePolicy", "none");
const takesTags = takes("tags", { Owner: "team" });

/** What was found, without what repositories have no option for. Nothing that is left out makes an image expire. */
export function supportedOptions(adopted: Adopted, notes: Note[]): Adopted {
  const repositories = Object.entries(adopted.ecr.repositories ?? {}).map(([name, given]) => {
    const { tags, lifecyclePolicy, ...rest } = given as Record<string, unknown>;
    const note = (text: string) => notes.push({ kind: "loss", subject: `${name}`, text });
    const isNone = lifecyclePolicy === "none" && !takesNone;
    if (isNone)
      note(
        `it has no lifecycle policy, and there is no option for that; it gets one that keeps ${unreachableImageCount} images, more than AWS allows`,
      );
    if (tags !== undefined && !takesTags) note("its own tags have no option; the deploy removes them");
    const options = {
      ...rest,
      ...(lifecyclePolicy !== undefined && !isNone && { lifecyclePolicy }),
      ...(isNone && { maxImageCount: unreachableImageCount }),
      ...(tags !== undefined && takesTags && { tags }),
    };
    return [name, options as RepositoryInput] as const;
  });
  return { ...adopted, ecr: { ...adopted.ecr, repositories: Object.fromEntries(repositories) } };
}
