import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The shell command that runs a program of the benchmark, from the folder of the project. */
export type Program = (repositories: number, outdir: string) => string;

const node = (args: string): Program => {
  return (repositories, outdir) => `"${process.execPath}" ${args} ${repositories} "${outdir}"`;
};

/** This project's program as users run it: `run.cjs` checks the types unless nothing changed since it last did. */
export const asUsersRunIt = (name: string): Program => node(`run.cjs bench/${name}`);

/** A program that is already compiled. */
export const compiled = (name: string): Program => node(`build/bench/${name}.js`);

/** A bare CDKTF program as its users run it: an incremental type check of the bare programs alone, then the program. */
export function checkedThenRun(name: string): Program {
  const typeCheck = `"${process.execPath}" node_modules/typescript/bin/tsc -p bench/tsconfig.bare.json`;
  const run = node(`build/bare/${name}.js`);
  return (repositories, outdir) => `${typeCheck} && ${run(repositories, outdir)}`;
}

const awsCdkFolder = join("build", "aws-cdk");
const awsCdk = node(`${awsCdkFolder}/repositories.cjs`);

/** The AWS CDK as installed: it validates every template against CloudFormation's schemas and rules. */
export const awsCdkByDefault: Program = (...args) => `unset CDK_VALIDATION; ${awsCdk(...args)}`;

/**
 * The AWS CDK without its template validation.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.AppProps.html#builtincloudformationvalidation
 */
export const awsCdkUnvalidated: Program = (...args) => `CDK_VALIDATION=false ${awsCdk(...args)}`;

/**
 * Install the AWS CDK into `build`, unless it is there. In `bench`, its 185 MB would slow down everything that reads the
 * sources.
 *
 * @returns its version
 */
export function installAwsCdk(): string {
  cpSync(join("bench", "aws-cdk"), awsCdkFolder, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(awsCdkFolder, "package.json"), "utf8"));
  const installed = join(awsCdkFolder, "node_modules", "aws-cdk-lib", "package.json");
  const version = dependencies["aws-cdk-lib"];
  if (!existsSync(installed) || JSON.parse(readFileSync(installed, "utf8")).version !== version)
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: awsCdkFolder, stdio: "inherit" });
  return version;
}
