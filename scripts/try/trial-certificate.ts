import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import { clientConfig } from "../../emulator/client-config";
import type { Environment } from "../../environments/plan/environment";
import type { Variables } from "./variables";

/** The options that name certificates, wherever they are: one ARN, and a list of them. */
export const certificateOptions: readonly string[] = ["certificateArn", "certificateArns"];

/** Whether an environment has a load balancer with a certificate, which the emulator does not have. */
export const hasCertificate = ({ ecs }: Pick<Environment, "ecs">): boolean =>
  certificateOptions.some((option) => JSON.stringify(ecs ?? {}).includes(`"${option}":`));

/**
 * Request a certificate in the emulated account.
 *
 * @returns its ARN
 */
export async function requestTrialCertificate(account: Variables, region: string): Promise<string> {
  const acm = new ACMClient(clientConfig(account, region));
  const { CertificateArn } = await acm.send(new RequestCertificateCommand({ DomainName: "example.com" }));
  if (CertificateArn === undefined) throw new Error("the emulator returned no ARN of a certificate");
  return CertificateArn;
}
