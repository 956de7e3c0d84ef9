import { expect, test, vi } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { AccountConnection } from "../../../../scripts/ecr/account-connection";
import { chosenRepository } from "../../../../scripts/ecr/addresses/chosen-repository";
import { RepositoryReader } from "../../../../scripts/ecr/images/repository-reader";
import { reading } from "../../../../scripts/ecr/reading";
import { CommandError } from "../../../../scripts/runner/command";
import { answeringClient } from "../../../support/ecr/answering-client";
import { minimal, only } from "../../../support/environments/minimal";

const [environment] = loadEnvironments(only({ ...minimal, ecr: { repositories: { app: {} } } }));
if (environment === undefined) throw new Error("no environment");

/** A connection whose pages never end. */
function endlessReader(signal: AbortSignal): RepositoryReader {
  const ask = AccountConnection.prototype.ask;
  const client = answeringClient(() => ({ imageDetails: [{ imageDigest: "sha256:1" }], nextToken: "more" }));
  const account = { environment, ecr: () => client, ask };
  const repository = chosenRepository(environment as never, { repository: "app" });
  return new RepositoryReader(account as unknown as AccountConnection, repository, signal);
}

test("Ctrl-C ends the reading of a repository between or in its pages, with exit code 130", async () => {
  const exit = vi.spyOn(process, "exit");
  let images = 0;
  const read = reading(async (signal) => {
    for await (const _ of endlessReader(signal).images()) {
      images += 1;
      if (images === 3) process.emit("SIGINT", "SIGINT");
    }
  });
  const error = await read.catch((found: unknown) => found);

  expect(error).toBeInstanceOf(CommandError);
  expect(error).toMatchObject({
    exitCode: 130,
    message: "Stopped. What was printed is incomplete; run the command again.",
  });
  expect(images).toBe(3);
  expect(exit).not.toHaveBeenCalled();
  exit.mockRestore();
});
