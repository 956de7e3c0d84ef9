export const securityContract = { ecr_kms_key_arn: "ARN of the key that encrypts images" };
