import { z } from "zod";
import { boolean, integer, list, logRetention, mapOf, nonEmpty, object, oneOf, text } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { ImageOptions } from "./image";

const argument = () => list(nonEmpty("an argument is text; write it as a string")).optional();

/** Options of one function. Limits are Lambda's own: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const LambdaFunctionOptions = object({
  image: ImageOptions,
  description: text(
    /^[\s\S]{1,256}$/,
    "a description has 1 to 256 characters; write what the function is for",
  )
    .optional()
    .meta({ description: "What the function is for. AWS shows it.", defaultNote: "none" }),
  architecture: oneOf(["x86_64", "arm64"])
    .default("x86_64")
    .describe("Processor that the image was built for. Lambda takes images of one architecture."),
  memorySize: integer(128, 10_240, "a function has 128 to 10240 MB of memory; write a whole number")
    .default(512)
    .describe("Memory in MB. The share of the processor grows with it."),
  timeoutSeconds: integer(1, 900, "a function runs 1 to 900 seconds; write a whole number")
    .default(30)
    .describe("Seconds after which Lambda ends a run."),
  ephemeralStorage: integer(512, 10_240, "/tmp has 512 to 10240 MB; write a whole number")
    .default(512)
    .describe("Size of `/tmp` in MB."),
  environment: z
    .record(z.string(), z.string({ error: "a variable holds text; write it as a string" }), {
      error: 'variables are names and texts; write { LOG_LEVEL: "info" }',
    })
    .default({})
    .describe(
      "Variables by name, encrypted with the secrets key. They stand in this file and in the state, so no secrets.",
    ),
  secrets: z
    .record(z.string(), nonEmpty("this is the name of a secret of security.secrets; write it as a string"), {
      error: 'these are variables and names of secrets; write { DB_PASSWORD_ARN: "db-password" }',
    })
    .default({})
    .describe(
      "Secrets of `security.secrets` that the function may read, by the variable that holds the secret's ARN. Lambda fills in no values: the code reads them with `GetSecretValue`.",
    ),
  entryPoint: argument().meta({
    description: "Replaces the `ENTRYPOINT` of the image.",
    defaultNote: "as in the image",
  }),
  command: argument().meta({
    description: "Replaces the `CMD` of the image.",
    defaultNote: "as in the image",
  }),
  reservedConcurrency: integer(
    0,
    100_000,
    "this is a number of runs at a time; write a whole number from 0 on",
  )
    .optional()
    .meta({
      description:
        "How many runs at a time are set aside for the function, and how many there are at most. With 0 it does not run.",
      defaultNote: "it shares what the account has",
    }),
  tracing: oneOf(["Active", "PassThrough"])
    .default("Active")
    .describe(
      "`Active` sends traces of sampled runs to X-Ray. `PassThrough` sends none and hands the caller's trace on.",
    ),
  deadLetter: boolean()
    .default(true)
    .describe("Keep events of asynchronous invocations that failed to the end in an SQS queue, for 14 days."),
  logRetentionDays: logRetention().default(30).describe("How many days logs are kept."),
  vpc: boolean()
    .default(false)
    .describe(
      "Run in the private subnets of `network`, with a security group that lets nothing in, and out HTTPS and whatever stays in the VPC.",
    ),
}).describe(
  "One Lambda function from an image, called `<project>-<environment>-<name>`. It runs in the Region of the repository, as Lambda demands: both are the environment's.",
);

/** A function before validation. */
export type UncheckedFunction = Unchecked<z.output<typeof LambdaFunctionOptions>>;

export type LambdaFunctionOptions = z.output<typeof LambdaFunctionOptions>;

/** Lambda functions of one environment. */
export const LambdaOptions = object({
  functions: mapOf(LambdaFunctionOptions).default({}).describe("Functions by name."),
}).describe("Lambda functions that run images of the environment's repositories.");

export type LambdaOptions = z.output<typeof LambdaOptions>;
