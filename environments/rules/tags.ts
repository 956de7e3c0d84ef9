import { balancerTags } from "../../modules/network/subnet-tags";
import { defaultTagNames, type TagNames } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedRepository } from "../options/repository";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked";

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const maxTags = 50;

/** The console shows the value of this tag as the name of a network resource, so modules set it. */
const nameTag = "Name";

type Keys = ReadonlyMap<string, string>;

/** Rules between the tags of an environment and those that the project sets. */
export function tagRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { tags, tagNames } = environment;
  const names = namesOf(tagNames);
  const own = ownNames(names, context.at("tagNames"));
  const keys = namesIn(tags) ?? [];
  repeatedKeys(keys, own, context.at("tags"));
  count(environment, [...keys, ...Object.values(names)], context);
}

/** The same for the tags of one repository, which come on top of them. */
export function repositoryTagRules(
  { tags, tagNames }: UncheckedEnvironment,
  { tags: given }: UncheckedRepository,
  context: RuleContext,
): void {
  const keys = namesIn(given) ?? [];
  if (keys.length === 0) return;
  const names = Object.values(namesOf(tagNames));
  for (const key of keys)
    for (const name of names)
      if (key.toLowerCase() === name.toLowerCase())
        context.problem(
          ["tags", key],
          key,
          `every stack sets the tag ${name}, by which policies recognize the environment; remove this tag, or choose another name for ours in tagNames`,
        );
  const all = new Set([...keys, ...names, ...(namesIn(tags) ?? [])]).size;
  if (all > maxTags)
    context.problem(
      ["tags"],
      `${all} tags with those of the environment`,
      `AWS allows ${maxTags} tags on a resource; remove ${all - maxTags} here or in the environment's tags`,
    );
}

/** A missing name has its default. The schema reports a name that is not a string. */
function namesOf(tagNames: UncheckedEnvironment["tagNames"]): TagNames {
  const given = typeof tagNames === "object" && tagNames !== null ? tagNames : {};
  const strings = Object.entries(given).filter(([, name]) => typeof name === "string");
  return { ...defaultTagNames, ...Object.fromEntries(strings) };
}

/**
 * The names of the project's tags by their lower case. IAM policies identify resources by them, and a condition key does
 * not distinguish case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#case-sensitivity
 */
function ownNames(names: TagNames, { problem }: RuleContext): Keys {
  const own = new Map<string, string>();
  for (const [purpose, name] of Object.entries(names)) {
    const earlier = own.get(name.toLowerCase());
    if (earlier !== undefined)
      problem(
        [purpose],
        name,
        `another of these tags is called "${earlier}", and IAM does not distinguish tag keys by case; choose another name`,
      );
    else if (name.toLowerCase() === nameTag.toLowerCase())
      problem(
        [purpose],
        name,
        `network resources have a tag called ${nameTag}, and IAM does not distinguish tag keys by case; choose another name`,
      );
    else own.set(name.toLowerCase(), name);
  }
  return own;
}

/** IAM rejects a role with two keys that differ only in case; other services accept them. */
function repeatedKeys(keys: readonly string[], own: Keys, { problem }: RuleContext): void {
  const seen = new Map<string, string>();
  for (const key of keys) {
    const ours = own.get(key.toLowerCase());
    const earlier = seen.get(key.toLowerCase());
    if (ours === key) problem([key], key, "every stack sets this tag automatically; remove it");
    else if (ours !== undefined)
      problem(
        [key],
        key,
        `every stack sets the tag ${ours}, and IAM does not distinguish tag keys by case; remove this tag, or choose the name of ours in tagNames`,
      );
    else if (earlier !== undefined)
      problem(
        [key],
        key,
        `"${earlier}" differs only in case, and IAM does not distinguish tag keys by case; remove one of them`,
      );
    else seen.set(key.toLowerCase(), key);
  }
}

/** Tags that AWS sets itself, which start with `aws:`, do not count. */
function count({ network }: UncheckedEnvironment, keys: readonly string[], { problem }: RuleContext): void {
  const further = [nameTag, ...(network?.kind === "own" ? Object.keys(balancerTags.private) : [])];
  const tags = new Set([...keys, ...further]).size;
  if (tags > maxTags)
    problem(
      ["tags"],
      `${tags} tags with those that the project sets`,
      `AWS allows ${maxTags} tags on a resource, and the project sets ${[...Object.values(defaultTagNames), ...further].length} of them; remove ${tags - maxTags}`,
    );
}
