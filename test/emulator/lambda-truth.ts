import { ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { GetRolePolicyCommand, IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { GetFunctionCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import type { Statement } from "../../modules/policy-document";

/** What AWS's API says of the Lambda functions of one account, and a registry to push to. */
export class LambdaTruth {
  private readonly ecr: ECRClient;
  private readonly iam: IAMClient;
  private readonly lambda: LambdaClient;

  /** @param variables the environment variables of an account, from the emulator */
  constructor(variables: Readonly<Record<string, string>>) {
    const config = {
      endpoint: variables["AWS_ENDPOINT_URL"] ?? "",
      region: "us-east-1",
      credentials: {
        accessKeyId: variables["AWS_ACCESS_KEY_ID"] ?? "",
        secretAccessKey: variables["AWS_SECRET_ACCESS_KEY"] ?? "",
        sessionToken: variables["AWS_SESSION_TOKEN"] ?? "",
      },
    };
    this.ecr = new ECRClient(config);
    this.iam = new IAMClient(config);
    this.lambda = new LambdaClient(config);
  }

  /** Push an image for one architecture. @returns its digest */
  async push(repositoryName: string, imageTag: string): Promise<string> {
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    const part = (type: string) => ({
      mediaType: `application/vnd.oci.image.${type}`,
      digest: imageTag,
      size: 1,
    });
    const { image } = await this.ecr.send(
      new PutImageCommand({
        repositoryName,
        imageTag,
        imageManifestMediaType: mediaType,
        imageManifest: JSON.stringify({
          schemaVersion: 2,
          mediaType,
          config: part("config.v1+json"),
          layers: [part("layer.v1.tar")],
        }),
      }),
    );
    return image?.imageId?.imageDigest ?? "";
  }

  /** Names of all functions. */
  async functionNames(): Promise<string[]> {
    const { Functions = [] } = await this.lambda.send(new ListFunctionsCommand({}));
    return Functions.map(({ FunctionName = "" }) => FunctionName);
  }

  async function(FunctionName: string) {
    const { Configuration, Code, Concurrency } = await this.lambda.send(
      new GetFunctionCommand({ FunctionName }),
    );
    return { ...Configuration, ...Code, ...Concurrency };
  }

  /** Names of all roles. */
  async roleNames(): Promise<string[]> {
    const { Roles = [] } = await this.iam.send(new ListRolesCommand({}));
    return Roles.map(({ RoleName = "" }) => RoleName);
  }

  /** The statements of a role's inline policy of the same name. */
  async roleStatements(RoleName: string): Promise<Statement[]> {
    const { PolicyDocument = "" } = await this.iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName: RoleName }),
    );
    return JSON.parse(decodeURIComponent(PolicyDocument)).Statement;
  }
}
