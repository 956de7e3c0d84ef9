import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { GetAliasCommand, type UpdateAliasCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import type { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { FunctionAlias } from "../../../../../scripts/ecr/lambda/function-alias";

interface Alias {
  FunctionVersion: string;
  RoutingConfig: { AdditionalVersionWeights: Record<string, number> };
  RevisionId: string;
}

/** An account whose alias refuses other revisions, as Lambda does. `lose` makes it take the next update without an answer. */
function fakeAccount() {
  let revision = 1;
  const alias: Alias = {
    FunctionVersion: "7",
    RoutingConfig: { AdditionalVersionWeights: {} },
    RevisionId: "1",
  };
  const fake = { lose: false, expired: false };
  const send = async (command: unknown) => {
    if (fake.expired) throw new Error("ExpiredToken");
    if (command instanceof GetMetricDataCommand) throw new Error("AccessDenied");
    if (command instanceof GetAliasCommand) return { ...alias };
    const { input } = command as UpdateAliasCommand;
    if (input.RevisionId !== alias.RevisionId) throw new Error("PreconditionFailedException");
    Object.assign(alias, { ...input, RevisionId: String(++revision) });
    if (fake.lose) throw new Error("ECONNRESET");
    return { ...alias };
  };
  const account = {
    ask: (_what: string, request: () => Promise<unknown>) => request(),
    client: () => ({ send }),
  } as unknown as AccountConnection;
  return { account, alias, fake };
}

test("an alias is rolled back although the response to the last update was lost", async () => {
  const { account, alias, fake } = fakeAccount();
  const at = await FunctionAlias.open(account, "web", "live");
  fake.lose = true;
  await expect(at.route("7", { version: "8", percent: 10 })).rejects.toThrow("ECONNRESET");
  fake.lose = false;
  await at.back("7");

  expect(alias).toMatchObject({ FunctionVersion: "7", RoutingConfig: { AdditionalVersionWeights: {} } });
});

test("an alias that something else has moved is left alone", async () => {
  const { account, alias, fake } = fakeAccount();
  const at = await FunctionAlias.open(account, "web", "live");
  await at.route("7", { version: "8", percent: 10 });
  Object.assign(alias, { FunctionVersion: "9", RevisionId: "of another" });

  await expect(at.back("7")).rejects.toThrow("something else has moved it since");
  expect(alias.FunctionVersion).toBe("9");
  fake.expired = true;
  await expect(at.back("7")).rejects.toThrow(
    /ExpiredToken\nTo roll back: aws lambda update-alias --function-name web --name live --function-version 7 /,
  );
});

test("nothing is changed where errors cannot be read", async () => {
  const { account, alias } = fakeAccount();
  const at = await FunctionAlias.open(account, "web", "live");

  await expect(at.requireQuiet([])).rejects.toThrow("AccessDenied");
  expect(alias.RevisionId).toBe("1");
});
