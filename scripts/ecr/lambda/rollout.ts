import { CommandError } from "../../runner/command";

/** An alias that shares its traffic between versions, and what is known of a version's health. */
export interface AliasTraffic {
  /** Route all traffic to one version, or a share of it to a second one. @param percent more than 0, less than 100 */
  route(version: string, next?: { readonly version: string; readonly percent: number }): Promise<void>;
  /** Route all traffic to one version again, also when it is unknown whether the last change was made. */
  back(version: string): Promise<void>;
  /** Why the rollout must not go on; `undefined` if nothing is wrong. @param all whether it has all traffic */
  problem(all: boolean): Promise<string | undefined>;
  /** Let time pass. @throws when somebody stops the rollout */
  wait(seconds: number): Promise<void>;
  /** What was done, for people. */
  say(text: string): void;
}

/** How a version takes over from another one. */
export interface Rollout {
  /** Version that has the traffic. */
  readonly from: string;
  /** Version that gets it. */
  readonly to: string;
  /** Shares in percent, each for a while, before it gets everything. Empty: at once. */
  readonly steps: readonly number[];
  /** How long each step lasts, and how long to monitor after the last one, in seconds. */
  readonly seconds: number;
  /** Time between two looks at the health, in seconds. */
  readonly poll: number;
}

/** How a rollout ended. */
export type RolloutEnd =
  | { readonly outcome: "moved" }
  | { readonly outcome: "rolled back"; readonly percent: number; readonly reason: string };

/** A rollout that failed and could not be rolled back either. */
export class NotBackError extends CommandError {
  /** @param failed why the rollout ended @param why why the rollback failed */
  constructor(failed: unknown, why: unknown) {
    super(
      `${messageOf(failed)}\nThe alias could not be rolled back, and may still route traffic to both versions: ${messageOf(why)}`,
    );
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Move an alias from one version to another in steps, and back to the old one when something is wrong at any step, also when the
 * rollout itself fails or is stopped.
 *
 * @throws what the alias throws, after the alias was rolled back; a NotBackError if that failed
 */
export async function rollOut(alias: AliasTraffic, rollout: Rollout): Promise<RolloutEnd> {
  const { from, to, steps } = rollout;
  try {
    for (const percent of [...steps, 100]) {
      const all = percent === 100;
      await (all ? alias.route(to) : alias.route(from, { version: to, percent }));
      alias.say(`version ${to} has ${percent} % of the traffic`);
      const reason = await problemWhile(alias, rollout, all);
      if (reason === undefined) continue;
      await alias.back(from);
      return { outcome: "rolled back", percent, reason };
    }
    return { outcome: "moved" };
  } catch (error) {
    await alias.back(from).catch((why: unknown) => {
      throw new NotBackError(error, why);
    });
    throw error;
  }
}

/** The first problem of a step, which ends it; `undefined` if it lasts its time without one. */
async function problemWhile(
  alias: AliasTraffic,
  { seconds, poll }: Rollout,
  all: boolean,
): Promise<string | undefined> {
  for (let waited = 0; waited < seconds; waited += poll) {
    await alias.wait(Math.min(poll, seconds - waited));
    const reason = await alias.problem(all);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
