import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { clientConfig } from "../../../emulator/client-config";

/** What AWS's API says of the secrets of one account. */
export class DeployedSecrets {
  private readonly secretsManager: SecretsManagerClient;

  /** @param variables the environment variables of an account, from the emulator */
  constructor(variables: Readonly<Record<string, string>>) {
    this.secretsManager = new SecretsManagerClient(clientConfig(variables));
  }

  described(SecretId: string) {
    return this.secretsManager.send(new DescribeSecretCommand({ SecretId }));
  }

  /** @throws Error when the secret is deleted or has no value */
  async value(SecretId: string): Promise<string | undefined> {
    const { SecretString } = await this.secretsManager.send(new GetSecretValueCommand({ SecretId }));
    return SecretString;
  }

  /** Names of the statements of a secret's own policy. */
  async policySids(SecretId: string): Promise<string[]> {
    const { ResourcePolicy = "" } = await this.secretsManager.send(
      new GetResourcePolicyCommand({ SecretId }),
    );
    return JSON.parse(ResourcePolicy).Statement.map(({ Sid }: { Sid: string }) => Sid);
  }
}
