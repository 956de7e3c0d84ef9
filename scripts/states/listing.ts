import type { Move } from "./moves";

const repository = "aws_ecr_repository.";

/** Whether a move is that of a repository, which the policies follow. */
export const isRepository = ({ address }: Pick<Move, "address">): boolean => address.startsWith(repository);

/** How many resources go from which stack to which, and which repositories those are, a line for each pair. */
export function listing(moves: readonly Move[]): string[] {
  const byWay = new Map<string, Move[]>();
  for (const move of moves) {
    const way = `${move.from} -> ${move.to}`;
    byWay.set(way, [...(byWay.get(way) ?? []), move]);
  }
  return [...byWay].map(([way, some]) => {
    const repositories = some.filter(isRepository).map(({ address }) => address.slice(repository.length));
    const names = repositories.length > 0 ? `: ${repositories.join(", ")}` : "";
    return `${way}: ${some.length} resources, ${repositories.length} repositories${names}`;
  });
}

/** The command that moves the states of an environment. */
export const moveCommand = (environment: string): string => `npm run shards -- --env ${environment}`;
