/**
 * Settings of AWS, Terraform and CDKTF: credentials, profiles, Regions, endpoints, arguments, workspaces, variables. The
 * choice of the program, `TERRAFORM_BINARY_NAME`, is none of them.
 */
const settings = /^(?:AWS|TF|CDKTF|MOTO)_/i;

/** Environment variables without the user's settings of AWS, Terraform and CDKTF. */
export const withoutSettings = (variables: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]): [string, string][] =>
      value === undefined || settings.test(name) ? [] : [[name, value]],
    ),
  );
