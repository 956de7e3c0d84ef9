import { spawn } from "node:child_process";
import { GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { CommandError } from "../../runner/command";
import type { AccountConnection } from "../account-connection";
import { type LoginClient, loginArguments } from "./login-commands";

/**
 * The password that ECR gives for 12 hours, for the user `AWS`. It works at every host of the account's registries that the
 * principal may use in the Region.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
 */
export async function passwordFor(account: AccountConnection, region: string): Promise<string> {
  const { authorizationData = [] } = await account.ask("The password of the registry", () =>
    account.ecr(region).send(new GetAuthorizationTokenCommand({})),
  );
  const token = Buffer.from(authorizationData[0]?.authorizationToken ?? "", "base64").toString();
  const password = token.slice(token.indexOf(":") + 1);
  if (password === "") throw new CommandError("ECR returned no password; rerun the command.");
  return password;
}

/**
 * Let a program log in. The password goes to its standard input only: no list of processes shows it.
 *
 * @throws CommandError when it cannot be started, or fails
 */
export async function logIn(client: LoginClient, host: string, password: string): Promise<void> {
  const child = spawn(client, loginArguments(client, host), { stdio: ["pipe", "inherit", "inherit"] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", ({ message }) =>
      reject(
        new CommandError(
          `${client} could not be started (${message}); install it, or choose another program with --client.`,
        ),
      ),
    );
    // A program that ends before it has read the password says why itself.
    child.stdin?.on("error", () => undefined);
    child.on("close", resolve);
    child.stdin?.end(password);
  });
  if (code !== 0)
    throw new CommandError(
      `${client} could not log in to ${host} (exit code ${code}). If it could not store the credentials, its credential store is the reason: see docs/how-to/troubleshooting.md.`,
    );
}
