import { counted } from "../../../modules/values/counted";
import { sizeText } from "../../../modules/values/size-text";
import { grouped } from "../report/grouped";
import type { ImageGroup, LifecycleDelta } from "./lifecycle-delta";

/** What changed lifecycle policies of a stack do to images, then what is not known. */
export function lifecycleLines(stack: string, deltas: readonly LifecycleDelta[]): string[] {
  const known = deltas.flatMap((delta) => {
    const { images, repository, unknown } = delta;
    if (images === undefined) return [];
    const { removed, archived, spared, total } = images;
    return [
      `${stack}: ${repository}: ${removed.count === 0 ? `no further image is removed, of ${total}` : goneText(removed)}.`,
      ...(archived.count === 0 ? [] : [`  ${archivedText(archived)}.`]),
      ...(spared.count === 0
        ? []
        : [
            `  ${counted(spared.count, "image that is removed now stays", "images that are removed now stay")}.`,
          ]),
      ...unknown.map((what) => `  Not known for sure: ${what}.`),
    ];
  });
  const unknown = grouped(
    deltas.filter(({ images }) => images === undefined),
    (delta) => delta.unknown,
  ).map((group) => {
    const [{ unknown: why } = { unknown: [] }] = group;
    return `${stack}: it is not known which images are removed for ${names(group)}: ${why.join("; ")}.`;
  });
  return [...known, ...unknown];
}

/** The same about one policy, in a few words. */
export function imagesText({ images, unknown }: LifecycleDelta): string {
  if (images === undefined) return `it is not known which images are removed: ${unknown.join("; ")}`;
  const { removed, archived } = images;
  const texts = [
    ...(removed.count === 0 ? [] : [counts(removed, "is removed", "are removed")]),
    ...(archived.count === 0 ? [] : [counts(archived, "is archived", "are archived")]),
  ];
  return texts.length === 0 ? "no further image is removed" : texts.join(", ");
}

/** E.g. `47 images are removed, 2 of them in use; the newest: v43, v42; up to 1.2 GB`. */
function goneText(group: ImageGroup): string {
  const { bytes, unsized } = group;
  const size = `up to ${sizeText(bytes)}${unsized === 0 ? "" : `, without ${counted(unsized, "image", "images")} of unknown size`}`;
  return [counts(group, "is removed", "are removed"), ...tagsOf(group), size].join("; ");
}

const archivedText = (group: ImageGroup): string =>
  [counts(group, "is archived", "are archived"), ...tagsOf(group)].join("; ");

const tagsOf = ({ newestTags }: ImageGroup): string[] =>
  newestTags.length === 0 ? [] : [`the newest tags: ${newestTags.join(", ")}`];

const counts = ({ count, inUse }: ImageGroup, one: string, several: string): string =>
  `${counted(count, `image ${one}`, `images ${several}`)}, ${usage(count, inUse)}`;

function usage(count: number, inUse: number): string {
  if (count === 1) return inUse === 1 ? "in use" : "not in use";
  return inUse === 0 ? "none of them in use" : `${inUse} of them in use`;
}

/** How many repositories are named. */
const named = 3;

function names(deltas: readonly LifecycleDelta[]): string {
  const all = deltas.map(({ repository }) => repository);
  return all.length <= named
    ? all.join(", ")
    : `${all.slice(0, named).join(", ")} and ${all.length - named} more`;
}
