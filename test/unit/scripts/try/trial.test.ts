import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { Ending } from "../../../../scripts/try/ending";
import { runTrial } from "../../../../scripts/try/trial";
import type { TrialFolder } from "../../../../scripts/try/trial-folder";
import { withExisting } from "../../../support/environments/own-network";

test("fails before it starts anything when the environment runs in a VPC that exists", async () => {
  const [environment] = loadEnvironments(withExisting({}));
  if (environment === undefined) throw new Error("no environment");
  const settings = { environment, all: true, endpoint: undefined, port: 0 };

  await expect(
    runTrial(settings, {} as TrialFolder, {} as Ending),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Error: test runs in the VPC vpc-0123456789abcdef0, which exists only in AWS; try its registries without --all, or an environment with network.kind "own".]`,
  );
});
