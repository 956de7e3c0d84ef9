import {
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { Environment } from "../../environments/plan/environment";
import { credentialProblem } from "../failures/credentials";
import { CommandError } from "../runner/command";
import { asTerraform } from "../runner/role-credentials";

/** Staging label of the current version. */
const current = "AWSCURRENT";

/** Permissions needed to set a value, in addition to those for the secret's key. */
const writePermissions = "secretsmanager:DescribeSecret and secretsmanager:PutSecretValue";

/** Permissions needed to see since when a secret has a value. */
const readPermissions = "secretsmanager:DescribeSecret and secretsmanager:ListSecretVersionIds";

/** The secrets of an environment in Secrets Manager. Reads when values were set, but never a value. */
export class SecretStore {
  /** @param client of the environment's Region */
  constructor(
    private readonly environment: Environment,
    private readonly client: SecretsManagerClient,
  ) {}

  /** The secrets as Terraform finds them. */
  static async asTerraform(environment: Environment): Promise<SecretStore> {
    const settings = await asTerraform(environment, environment.region);
    return new SecretStore(environment, new SecretsManagerClient(settings));
  }

  /**
   * Find a secret to set, before the user is asked for the value.
   *
   * @returns a function that sets the secret's current value
   * @throws CommandError when the secret does not exist or belongs to another account, or AWS returns an error
   */
  async open(name: string): Promise<(value: string) => Promise<void>> {
    const secret = await this.find(name, writePermissions);
    if (secret === undefined)
      throw new CommandError(
        `${name} does not exist yet; deploy it first: npm run deploy -- ${this.environment.name} --layer security`,
      );
    return async (value) => {
      await this.call(name, "written", writePermissions, () =>
        this.client.send(new PutSecretValueCommand({ SecretId: secret.arn, SecretString: value })),
      );
    };
  }

  /** Whether a secret has a value; `undefined` if there is no such secret. Needs no permission on its key. */
  async hasValue(name: string): Promise<boolean | undefined> {
    return (await this.find(name, "secretsmanager:DescribeSecret"))?.hasValue;
  }

  /** When the current value was set, or why there is none. */
  async valueSince(name: string): Promise<Date | "no value" | "not deployed"> {
    const secret = await this.find(name, readPermissions);
    if (secret === undefined) return "not deployed";
    if (!secret.hasValue) return "no value";
    const { Versions = [] } = await this.call(name, "read", readPermissions, () =>
      this.client.send(new ListSecretVersionIdsCommand({ SecretId: secret.arn })),
    );
    return (
      Versions.find(({ VersionStages = [] }) => VersionStages.includes(current))?.CreatedDate ?? "no value"
    );
  }

  /** The secret's ARN, and whether it has a value; `undefined` if there is no such secret. */
  private async find(
    name: string,
    permissions: string,
  ): Promise<{ arn: string; hasValue: boolean } | undefined> {
    const secret = await this.call(name, "read", permissions, () =>
      this.client.send(new DescribeSecretCommand({ SecretId: name })).catch((error: Error) => {
        if (error.name === "ResourceNotFoundException") return undefined;
        throw error;
      }),
    );
    if (secret === undefined) return undefined;
    const { ARN = "", VersionIdsToStages = {} } = secret;
    const account = ARN.split(":")[4];
    // AWS looks up a name in the account of the credentials, whichever that is.
    if (account !== this.environment.accountId)
      throw new CommandError(
        `The credentials belong to account ${account}, but ${this.environment.name} is in ${this.environment.accountId}; nothing was changed.`,
      );
    return {
      arn: ARN,
      hasValue: Object.values(VersionIdsToStages).some((stages) => stages.includes(current)),
    };
  }

  /** Call AWS. @throws CommandError that names the secret and the permissions, for every AWS error */
  private async call<T>(name: string, verb: string, permissions: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (error instanceof CommandError) throw error;
      const { accountId, region } = this.environment;
      const { name: kind, message } = error as Error;
      const place = `${name} in account ${accountId}, ${region}`;
      const problem = credentialProblem(`${kind}: ${message}`, this.environment);
      throw new CommandError(
        problem === undefined
          ? `${place} cannot be ${verb}: ${kind}: ${message}; run this with AWS credentials for that account that allow ${permissions}`
          : `${place} cannot be ${verb}: ${problem} The credentials must allow ${permissions}.`,
      );
    }
  }
}
