import {
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { Environment } from "../../environments/plan/environment";
import { CommandError } from "../runner/command";

/** Label of the version that readers get. */
const current = "AWSCURRENT";

/** What a role needs to put a value into a secret, besides the use of its key. */
const toWrite = "secretsmanager:DescribeSecret and secretsmanager:PutSecretValue";

/** What a role needs to see since when a secret has a value. */
const toRead = "secretsmanager:DescribeSecret and secretsmanager:ListSecretVersionIds";

/** The secrets of an environment in Secrets Manager. Reads when values were put there, and never a value. */
export class SecretStore {
  private readonly client: SecretsManagerClient;

  constructor(private readonly environment: Environment) {
    this.client = new SecretsManagerClient({ region: environment.region });
  }

  /**
   * Look for a secret that is to get a value, before anybody is asked for it.
   *
   * @returns what gives the secret a value, which becomes its current one
   * @throws CommandError when the secret is not there, belongs to another account, or AWS refuses
   */
  async open(name: string): Promise<(value: string) => Promise<void>> {
    const secret = await this.find(name, toWrite);
    if (secret === undefined)
      throw new CommandError(
        `${name} is not there yet; deploy it first: npm run deploy -- ${this.environment.name} --layer security`,
      );
    return async (value) => {
      await this.asked(name, "written", toWrite, () =>
        this.client.send(new PutSecretValueCommand({ SecretId: secret.arn, SecretString: value })),
      );
    };
  }

  /** When the current value was put there, or why there is none. */
  async valueSince(name: string): Promise<Date | "no value" | "not deployed"> {
    const secret = await this.find(name, toRead);
    if (secret === undefined) return "not deployed";
    if (!secret.hasValue) return "no value";
    const { Versions = [] } = await this.asked(name, "read", toRead, () =>
      this.client.send(new ListSecretVersionIdsCommand({ SecretId: secret.arn })),
    );
    return (
      Versions.find(({ VersionStages = [] }) => VersionStages.includes(current))?.CreatedDate ?? "no value"
    );
  }

  /** The secret's ARN, and whether it has a value; `undefined` where there is no such secret. */
  private async find(
    name: string,
    permissions: string,
  ): Promise<{ arn: string; hasValue: boolean } | undefined> {
    const answer = await this.asked(name, "read", permissions, () =>
      this.client.send(new DescribeSecretCommand({ SecretId: name })).catch((error: Error) => {
        if (error.name === "ResourceNotFoundException") return undefined;
        throw error;
      }),
    );
    if (answer === undefined) return undefined;
    const { ARN = "", VersionIdsToStages = {} } = answer;
    const account = ARN.split(":")[4];
    // A name means the secret of that name in the account of the credentials, whichever that is.
    if (account !== this.environment.accountId)
      throw new CommandError(
        `The credentials belong to account ${account}, and ${this.environment.name} is in ${this.environment.accountId}; nothing was changed.`,
      );
    return {
      arn: ARN,
      hasValue: Object.values(VersionIdsToStages).some((stages) => stages.includes(current)),
    };
  }

  private async asked<T>(name: string, verb: string, permissions: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof CommandError) throw error;
      const { accountId, region } = this.environment;
      const { name: kind, message } = error as Error;
      throw new CommandError(
        `${name} in account ${accountId}, ${region} cannot be ${verb}: ${kind}: ${message}; run this with AWS credentials of that account that allow ${permissions}`,
      );
    }
  }
}
