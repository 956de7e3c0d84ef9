import { z } from "zod";
import { boolean, integer, list, nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { logRetention, mapOf } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { ImageOptions } from "./image";
import { lambdaLeftOut } from "./lambda-left-out";
import { cannotRename } from "./renamed-from";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html */
const maxArguments = 1500;

const argument = () =>
  list(nonEmpty("an argument is a string; put it in quotes"))
    .max(maxArguments, { error: `Lambda allows ${maxArguments} strings; use fewer, or set it in the image` })
    .optional();

/** Options of one function. The limits are those of Lambda: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const LambdaFunctionOptions = object(
  {
    image: ImageOptions,
    alias: text(
      /^(?!\d+$)[a-zA-Z0-9_-]{1,128}$/,
      "an alias has 1 to 128 letters, digits, - and _, and is no number; use a name such as live",
    )
      .optional()
      .meta({
        description:
          "Name of an alias of the function, e.g. `live`. Each change of the function then publishes a version, and the alias points to the newest one. If the pipeline manages the image, `npm run ecr -- lambda deploy` moves the alias instead, in steps.",
        defaultNote: "none, and no versions",
      }),
    description: text(
      /^[\s\S]{1,256}$/,
      "a description has 1 to 256 characters; describe what the function is for",
    )
      .optional()
      .meta({
        description: "Description of the function, which the Lambda console shows.",
        defaultNote: "none",
      }),
    architecture: oneOf(["x86_64", "arm64"])
      .default("x86_64")
      .describe(
        "Processor architecture that the image is built for. Lambda does not support multi-architecture images.",
      ),
    memorySize: integer(128, 10_240, "a function has 128 to 10240 MB of memory; use a whole number")
      .default(512)
      .describe("Memory in MB. Lambda allocates CPU in proportion to it."),
    timeoutSeconds: integer(1, 900, "a function timeout is 1 to 900 seconds; use a whole number")
      .default(30)
      .describe("Seconds after which Lambda stops an invocation."),
    ephemeralStorage: integer(512, 10_240, "/tmp has 512 to 10240 MB; use a whole number")
      .default(512)
      .describe("Size of `/tmp` in MB."),
    environment: z
      .record(z.string(), z.string({ error: "a variable's value is a string; put it in quotes" }), {
        error: 'variables are names and strings; use { LOG_LEVEL: "info" }',
      })
      .default({})
      .describe(
        "Environment variables by name, encrypted with the secrets key. This file and the state contain their values, so do not use them for secrets.",
      ),
    secrets: z
      .record(z.string(), nonEmpty("this must be the name of a secret in security.secrets; use a string"), {
        error: 'this maps variables to names of secrets; use { DB_PASSWORD_ARN: "db-password" }',
      })
      .default({})
      .describe(
        "Secrets in `security.secrets` that the function may read, by the variable that contains the secret's ARN. Lambda does not resolve secret values: the code must call `GetSecretValue`.",
      ),
    entryPoint: argument().meta({
      description: "Overrides the `ENTRYPOINT` of the image.",
      defaultNote: "the value in the image",
    }),
    command: argument().meta({
      description: "Overrides the `CMD` of the image.",
      defaultNote: "the value in the image",
    }),
    reservedConcurrency: integer(
      0,
      100_000,
      "reserved concurrency is a number of concurrent executions; use a whole number of 0 or more",
    )
      .optional()
      .meta({
        description:
          "Reserved number of concurrent executions, which is also the maximum. With 0, the function does not run.",
        defaultNote: "the unreserved concurrency of the account",
      }),
    tracing: oneOf(["Active", "PassThrough"])
      .default("Active")
      .describe(
        "`Active` samples invocations and sends their traces to X-Ray. `PassThrough` only propagates the caller's trace.",
      ),
    deadLetter: boolean()
      .default(true)
      .describe(
        "Keep the events of asynchronous invocations that failed after all retries in an SQS queue for 14 days.",
      ),
    logRetentionDays: logRetention().default(30).describe("Days to keep the logs."),
    vpc: boolean()
      .default(false)
      .describe(
        "Run in the private subnets of `network`, with a security group that allows no inbound traffic, and outbound traffic only over HTTPS and within the VPC.",
      ),
  },
  (key) => lambdaLeftOut(key) ?? cannotRename("function")(key),
).describe(
  "One Lambda function from an image, named `<project>-<environment>-<name>`. Lambda requires the repository to be in the same Region; both are in the environment's Region.",
);

/** A function before validation. */
export type UncheckedFunction = Unchecked<z.output<typeof LambdaFunctionOptions>>;

export type LambdaFunctionOptions = z.output<typeof LambdaFunctionOptions>;

/** Lambda functions of one environment. */
export const LambdaOptions = object({
  functions: mapOf(LambdaFunctionOptions).default({}).describe("Functions by name."),
}).describe("Lambda functions that run images from the environment's repositories.");

export type LambdaOptions = z.output<typeof LambdaOptions>;
