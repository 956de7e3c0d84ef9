import type { Environment } from "../../environments/environment";
import { daysToKeep } from "../../modules/kms/days";
import { securityContract } from "../security/security.contract";

export const computeStack = ({ maxImageCount }: Environment) => ({
  key: securityContract.ecr_kms_key_arn,
  days: daysToKeep,
  maxImageCount,
});
