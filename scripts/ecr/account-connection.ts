import { ECRClient } from "@aws-sdk/client-ecr";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment, S3State } from "../../environments/plan/environment";
import { credentialProblem } from "../failures/credentials";
import { CommandError } from "../runner/command";
import { credentialsOfRole, type RoleCredentials, type SdkSettings } from "../runner/role-credentials";
import { type NoticingClient, noticeWaits } from "./waiting-notice";

/** What every client of the AWS SDK is made with. */
interface ClientSettings extends SdkSettings {
  readonly retryMode: "adaptive";
  readonly maxAttempts: number;
}

/**
 * Clients slow down when AWS asks them to.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html the adaptive mode limits its own rate
 */
const settings = (region: string): ClientSettings => ({ region, retryMode: "adaptive", maxAttempts: 8 });

/** The account of an environment, with credentials that are known to be of that account. */
export class AccountConnection {
  private readonly clients = new Map<string, unknown>();

  private constructor(
    readonly environment: Environment,
    /** Account ID. */
    readonly accountId: string,
    private readonly credentials?: RoleCredentials,
  ) {}

  /**
   * Connect with the credentials that the AWS SDK finds. If they are of another account, they assume the environment's
   * `deployRole`. In its own account they are used as they are, because they may be of a role that may do less, such as that
   * of a pipeline that pushes.
   *
   * @throws CommandError when they do not belong to that account, or when AWS does not answer
   * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html it needs no permission
   */
  static async open(environment: Environment): Promise<AccountConnection> {
    const { accountId, deployRole, region } = environment;
    const connection = new AccountConnection(environment, accountId);
    const account = await connection.callerAccount();
    if (account === accountId) return connection;
    if (deployRole === undefined) throw wrongAccount(account, environment);
    const credentials = await credentialsOfRole(deployRole, region);
    const inRole = new AccountConnection(environment, accountId, credentials);
    const roleAccount = await inRole.callerAccount();
    if (roleAccount !== accountId) throw wrongAccount(roleAccount, environment);
    return inRole;
  }

  /** Account of the credentials. @throws CommandError when AWS does not say */
  private async callerAccount(): Promise<string> {
    const { environment } = this;
    try {
      const { Account = "" } = await this.client(STSClient).send(new GetCallerIdentityCommand({}));
      return Account;
    } catch (error) {
      const { name, message } = error as Error;
      throw new CommandError(
        credentialProblem(`${name}: ${message}`, environment) ??
          `AWS does not say whose credentials these are: ${reasonOf(error as Error, environment)}`,
      );
    }
  }

  /**
   * The same for a role that these credentials may assume, usually in another account.
   *
   * @param roleArn e.g. `arn:aws:iam::210987654321:role/image-reader`
   * @throws CommandError when it is no ARN of a role
   */
  async inRole(roleArn: string): Promise<AccountConnection> {
    const [, accountId] = /^arn:[a-z-]+:iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(roleArn) ?? [];
    if (accountId === undefined)
      throw new CommandError(
        `--role: "${roleArn}" is not the ARN of a role, such as arn:aws:iam::210987654321:role/image-reader`,
      );
    const credentials = await credentialsOfRole({ arn: roleArn }, this.environment.region);
    return new AccountConnection(this.environment, accountId, credentials);
  }

  /**
   * The client of an AWS service, made once for each Region.
   *
   * @param type e.g. `CloudWatchClient`
   * @param region the environment's own if it is left out
   */
  client<Client extends NoticingClient>(
    type: new (settings: ClientSettings) => Client,
    region: string = this.environment.region,
  ): Client {
    const { credentials } = this;
    return this.remembered(
      `${type.name} ${region}`,
      () => new type({ ...settings(region), ...(credentials && { credentials }) }),
      region,
    );
  }

  private remembered<Client extends NoticingClient>(key: string, make: () => Client, region: string): Client {
    const known = this.clients.get(key) as Client | undefined;
    if (known !== undefined) return known;
    const client = make();
    noticeWaits(client, region);
    this.clients.set(key, client);
    return client;
  }

  /**
   * The client with which Terraform's states are read: with the role that reaches them, if it is one of another account or only
   * that role may.
   */
  async stateClient<Client extends NoticingClient>(
    type: new (settings: ClientSettings) => Client,
    { region, role, accountId }: S3State,
  ): Promise<Client> {
    const { accountId: own, deployRole } = this.environment;
    if (role === undefined || (accountId === own && role.arn === deployRole?.arn))
      return this.client(type, region);
    const credentials = await credentialsOfRole(role, region);
    return this.remembered(
      `${type.name} ${region} ${role.arn}`,
      () => new type({ ...settings(region), credentials }),
      region,
    );
  }

  /** The client of Amazon ECR. */
  ecr(region?: string): ECRClient {
    return this.client(ECRClient, region);
  }

  /**
   * What AWS answers.
   *
   * @param what cannot be read if AWS refuses, as the subject of a sentence, e.g. `The images of myproject-dev-web-app`
   * @param region where, for the message
   * @throws CommandError with what is wrong, and what to do
   */
  async ask<T>(
    what: string,
    request: () => Promise<T>,
    region: string = this.environment.region,
  ): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw new CommandError(
        `${what} in account ${this.accountId}, ${region} cannot be read: ${reasonOf(error as Error, this.environment)}`,
      );
    }
  }
}

const wrongAccount = (account: string, environment: Environment): CommandError =>
  new CommandError(
    credentialProblem(`AWS account ID not allowed: ${account}`, environment) ?? "wrong account",
  );

/** What the SDK adds to an error. */
interface Answered extends Error {
  readonly $response?: { readonly statusCode?: number };
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Why AWS did not do what was asked, in one line. */
export function reasonOf(error: Answered, environment: Environment): string {
  const { name, message, $response, $metadata } = error;
  const status = $response?.statusCode ?? $metadata?.httpStatusCode;
  // What a proxy or a gateway answers is neither JSON nor XML.
  if (/Deserialization error/.test(message) || message === "UnknownError")
    return `the answer${status === undefined ? "" : `, HTTP ${status},`} is not one of AWS; a proxy, a VPN or AWS_ENDPOINT_URL may be between`;
  const oneLine = message.replace(/\s+/g, " ");
  const text = name === "Error" ? oneLine : `${name}: ${oneLine}`;
  return credentialProblem(text, environment) ?? text;
}
