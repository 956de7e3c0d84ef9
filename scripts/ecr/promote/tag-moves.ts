import type { HeldImage, LackingImage } from "../../../modules/ecr/replication/replica-comparison";

/** A tag that the target has on another image. */
export interface TagMove {
  readonly tag: string;
  /** Digest of the image in the target that has it now. */
  readonly from: string;
  /** Digest of the image that is to get it. */
  readonly to: string;
  /** Whether the target refuses to move it. */
  readonly immutable: boolean;
}

/**
 * The tags that a copy would take from other images of the target.
 *
 * @param isMutable whether the target can move a tag
 */
export function tagMoves(
  lacking: readonly LackingImage[],
  target: ReadonlyMap<string, HeldImage>,
  isMutable: (tag: string) => boolean,
): TagMove[] {
  const holders = new Map([...target].flatMap(([digest, { tags }]) => tags.map((tag) => [tag, digest])));
  return lacking.flatMap(({ digest: to, missingTags }) =>
    missingTags.flatMap((tag) => {
      const from = holders.get(tag);
      return from === undefined || from === to ? [] : [{ tag, from, to, immutable: !isMutable(tag) }];
    }),
  );
}

/** The moves as lines. */
export const movesText = (moves: readonly TagMove[], repositoryName: string): string[] =>
  moves.map(
    ({ tag, from, to, immutable }) =>
      `The tag ${tag} of ${repositoryName} ${immutable ? "is immutable and stays on" : "moves from"} ${from}${immutable ? `, not on ${to}` : ` to ${to}`}.`,
  );
