import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { version } from "../../../package.json";
import { EmulatedAccount } from "../emulator/emulated-account";
import { writeEnvironments } from "../emulator/environment-files";
import { deployedEnvironment, deployedStacks } from "./deployed-environment";
import { storeState } from "./stored-states";

/** `npm run states`: deploy an environment to the emulator, and keep its states as those of this version. */
describe("states", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open(deployedEnvironment.accountId);
    writeEnvironments(account.workspace, { dev: deployedEnvironment });
    const { code, stdout, stderr } = await account.workspace.command(["deploy", "dev", "--auto-approve"]);
    expect(code, stdout + stderr).toBe(0);
  });
  afterAll(() => account.close());

  for (const stack of deployedStacks)
    test(stack, async () => {
      const { stdout } = await account.workspace.terraform(stack, ["state", "pull"]);

      const state = JSON.parse(stdout);
      expect(state.resources).not.toEqual([]);
      storeState(version, stack, state);
    });
});
