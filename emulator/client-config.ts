/**
 * What makes a client of the AWS SDK talk to an account of the emulator.
 *
 * @param variables the environment variables of the account, from the emulator
 */
export const clientConfig = (variables: Readonly<Record<string, string>>, region = "us-east-1") => ({
  endpoint: variables["AWS_ENDPOINT_URL"] ?? "",
  region,
  credentials: {
    accessKeyId: variables["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: variables["AWS_SECRET_ACCESS_KEY"] ?? "",
    sessionToken: variables["AWS_SESSION_TOKEN"] ?? "",
  },
});
