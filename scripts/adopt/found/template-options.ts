import { defined, type EcrInput } from "../environment-input";
import type { Note } from "../note";
import { forCaches, templateSettings } from "./cache-options";
import type { FoundTemplate } from "./found-settings";

/** Options of templates by prefix. */
type Templates = NonNullable<EcrInput["creationTemplates"]>;

/**
 * The options of the templates that were found. Those of declared caches belong to the cache.
 *
 * @param cachePrefixes prefixes of the caches that the file declares
 * @param encryptionType of the environment, with which it creates every repository
 */
export function templatesIn(
  templates: readonly FoundTemplate[],
  cachePrefixes: ReadonlySet<string>,
  encryptionType: string,
  notes: Note[],
): Templates {
  const entries = templates.flatMap((template): [string, Templates[string]][] => {
    const prefix = template.prefix.replace(/\/$/, "");
    const note = (text: string) =>
      notes.push({
        ...{ kind: "loss", subject: `repository creation template ${prefix}`, text },
        ...(template.place !== undefined && { place: template.place }),
      });
    const isOfCache = cachePrefixes.has(prefix);
    const further = template.appliedFor.filter((use) => use !== forCaches);
    if (isOfCache && further.length > 0)
      note(
        `the cache of this prefix owns it, and so it no longer applies to ${further.join(", ")}; to keep that, leave the cache out of the file`,
      );
    if (!isOfCache && further.length === 0) {
      note("it is for a pull-through cache that the file does not declare, so it stays as it is");
      return [];
    }
    if (!isOfCache && further.length < template.appliedFor.length) {
      note(
        "it is also for a pull-through cache that the file does not declare, and AWS has one template for each prefix, so it stays as it is",
      );
      return [];
    }
    for (const text of lossesOf(template, encryptionType)) note(text);
    if (isOfCache) return [];
    const options = defined({ appliedFor: further, ...templateSettings(template) });
    return [[prefix, options as Templates[string]]];
  });
  return Object.fromEntries(entries);
}

/** What the project's own template of the prefix sets otherwise, for new repositories. */
function lossesOf({ encryptionType, repositoryPolicy, tags }: FoundTemplate, own: string): string[] {
  return [
    ...(encryptionType === own
      ? []
      : [
          `it encrypts new repositories with ${encryptionType}, and those of the environment have ${own}, which the template gets; to keep it, leave the template out of the file`,
        ]),
    ...(repositoryPolicy === undefined
      ? []
      : [
          "no option corresponds to its repository policy, so new repositories get none; to keep it, leave the template out of the file",
        ]),
    ...(Object.keys(tags).length === 0
      ? []
      : [
          `its tags ${Object.keys(tags).join(", ")} are replaced by those of the environment; declare them in tags of the environment, or leave the template out of the file`,
        ]),
  ];
}
