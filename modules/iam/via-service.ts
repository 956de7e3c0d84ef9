/**
 * Value of the condition key `kms:ViaService` for a service, e.g. `ecr.eu-west-1.amazonaws.com`. It ends in
 * `.amazonaws.com` in every partition, also in China, where the service's own endpoint ends in `.amazonaws.com.cn`:
 * AWS documents one form for all Regions, and its CDK writes it in all partitions.
 *
 * @param service name of the service as KMS knows it, e.g. `secretsmanager`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-secretsmanager/lib/secret.ts
 */
export function viaService(service: string, region: string): string {
  return `${service}.${region}.amazonaws.com`;
}
