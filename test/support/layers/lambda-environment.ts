import type { EnvironmentInput } from "../../../environments/options/environment";
import { minimal, only } from "../environments/minimal";
import { type StackJson, synth } from "../synth";

type FunctionInput = NonNullable<NonNullable<EnvironmentInput["lambda"]>["functions"]>[string];

/** Digest of the image that functions run unless they name another. */
export const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

/** An environment with one repository, `app`, one secret, `db-password`, and these functions. */
export const environmentWith = (
  functions: Record<string, Partial<FunctionInput>>,
  change: Partial<EnvironmentInput> = {},
) =>
  only({
    ...minimal,
    ecr: { repositories: { app: { enableLambdaPull: true } } },
    security: { secrets: { "db-password": {} } },
    lambda: {
      functions: Object.fromEntries(
        Object.entries(functions).map(([name, options]) => [
          name,
          { image: { repository: "app", digest }, ...options },
        ]),
      ),
    },
    ...change,
  });

export const stacksWith = (...given: Parameters<typeof environmentWith>) => synth(environmentWith(...given));

export const network = {
  kind: "existing" as const,
  vpcId: "vpc-12345678",
  privateSubnetIds: ["subnet-12345678", "subnet-23456789"],
};

/** A function with every option. */
export const full: Partial<FunctionInput> = {
  description: "Resizes ${uploads}",
  architecture: "arm64",
  memorySize: 1024,
  timeoutSeconds: 60,
  ephemeralStorage: 2048,
  environment: { LEVEL: "info", TEMPLATE: "%{if x} ${y}" },
  secrets: { DB_ARN: "db-password" },
  entryPoint: ["/init"],
  command: ["app.handler", "${z}"],
  reservedConcurrency: 5,
  tracing: "PassThrough",
  logRetentionDays: 365,
  vpc: true,
};

/** The one resource of a type. */
export function resource(json: StackJson | undefined, type: string): StackJson {
  const found = Object.values<StackJson>(json?.["resource"]?.[type] ?? {});
  if (found.length !== 1) throw new Error(`there are ${found.length} of ${type}`);
  return found[0] ?? {};
}

/** An attribute of every resource of a type. */
export const names = (json: StackJson | undefined, type: string, attribute = "name") =>
  Object.values<StackJson>(json?.["resource"]?.[type] ?? {}).map((each) => each[attribute]);
