import { expect, test } from "vitest";
import { CommandError } from "../../../../scripts/runner/command";
import { unreadableState } from "../../../../scripts/upgrade/unreadable-state";

const environment = { name: "dev", accountId: "111122223333" };

test("without credentials, one sentence says what to do, and Terraform's output is left out", () => {
  const printed = new CommandError(
    "Initializing the backend...\n╷\n│ Error: No valid credential\n│ sources found\n╵\nsecurity-dev: terraform init failed with exit code 1.",
  );

  expect(unreadableState(printed, "security-dev", environment)).toMatchInlineSnapshot(
    `[Error: The state of security-dev cannot be read. There are no AWS credentials; sign in to account 111122223333, e.g. with aws sso login, or set AWS_PROFILE to a profile of that account, and rerun the command.]`,
  );
});

test("every other error stays as it is", () => {
  for (const error of [
    new CommandError("the state is locked"),
    new Error("No valid credential sources found"),
  ])
    expect(unreadableState(error, "security-dev", environment)).toBe(error);
});
