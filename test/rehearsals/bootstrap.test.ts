import { afterAll, beforeAll, expect, test } from "vitest";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { ownProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

/** The bucket of the state, which a user deploys first. Terraform starts the provider itself, as it does for users. */
describeWithTerraform("bootstrap", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
  });
  afterAll(() => account.close());

  test("the bucket is there, has no state of its own, and a second plan is empty", async () => {
    const bucket = account.bucket("myproject-dev-tfstate-123456789012");
    const bootstrap = account.workspace.command(
      ["deploy", "dev", "--layer", "bootstrap", "--auto-approve"],
      ownProvider,
    );

    await bucket.usable(bootstrap);
    const { code, stdout, stderr } = await bootstrap;

    expect(code, stdout + stderr).toBe(0);
    expect(await bucket.keys()).toEqual([]);
    await account.workspace.terraform("bootstrap-dev", ["plan", "-detailed-exitcode"]);
  });
});
