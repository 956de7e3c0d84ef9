import { arn, atMost, type Limits, limitedBy, nameIn, pages, range, under } from "./limit";

const docs = "https://docs.aws.amazon.com";
const tags = `${docs}/IAM/latest/APIReference/API_Tag.html`;

const tagName = atMost(
  32,
  "letters, digits and `_.:/=+@-`, not starting with `aws:` or two underscores",
  tags,
);
const assumeRole = `${docs}/STS/latest/APIReference/API_AssumeRole.html`;
const reason = atMost(2048, "at least 10 without white space at the ends", "project");

/** Limits of a role to assume. */
const assumedRole: Limits = {
  arn: arn(2048, "the ARN of a role", pages.iam),
  externalId: atMost(1224, "at least 2: letters, digits and `_+=,.@:/-`", assumeRole),
  sessionName: atMost(64, "at least 2: letters, digits and `_+=,.@-`", assumeRole),
};

/** Limits of the options of an environment, without its sections. */
export const environmentLimits: Limits = {
  name: atMost(20, "lowercase letters and digits with single hyphens", "project"),
  project: atMost(30, "lowercase letters and digits with single hyphens, not starting with `sg-`", "project"),
  accountId: atMost(12, "digits", pages.accountId),
  region: atMost(32, "a Region of any partition", pages.regions),
  ...under("deployRole", assumedRole),
  "state.bucket": atMost(
    63,
    "at least 3: lowercase letters, digits, `-` and `.`, without what S3 reserves",
    `${docs}/AmazonS3/latest/userguide/bucketnamingrules.html`,
  ),
  "state.region": atMost(32, "a Region of any partition", pages.regions),
  "state.kmsKeyArn": arn(2048, "the ARN of a key", pages.kmsArn),
  "state.keyPrefix": atMost(
    1024,
    "letters, digits and `._-/`; in bytes, with the rest of the key",
    `${docs}/AmazonS3/latest/userguide/object-keys.html`,
  ),
  "naming.repository": atMost(
    256,
    "`{name}` once, `{project}`, `{environment}`, lowercase letters, digits and `._-/`; of the whole name",
    `${docs}/AmazonECR/latest/APIReference/API_CreateRepository.html`,
  ),
  tags: atMost(
    50,
    "on a resource, including the four of `tagNames`, `Name` and those of subnets",
    `${docs}/tag-editor/latest/userguide/best-practices-and-strats.html`,
  ),
  "tags.<name>@": atMost(
    128,
    "letters, digits, spaces and `_.:/=+-@`, not starting with `aws:`; different from others by more than case",
    tags,
  ),
  "tags.<name>": atMost(256, "letters, digits, spaces and `_.:/=+-@`, not starting with `aws:`", tags),
  "tagNames.project": tagName,
  "tagNames.environment": tagName,
  "tagNames.layer": tagName,
  "tagNames.managedBy": tagName,
  "security.kms.rotationPeriodInDays": range(`${docs}/kms/latest/APIReference/API_EnableKeyRotation.html`),
  "security.kms.deletionWindowInDays": range(`${docs}/kms/latest/APIReference/API_ScheduleKeyDeletion.html`),
  "security.kms.administrators": limitedBy(
    "28,000 bytes together, which leaves space for the rest of a key policy of 32,768 bytes",
    `${docs}/kms/latest/APIReference/API_PutKeyPolicy.html`,
  ),
  "security.kms.administrators[]": arn(
    2048,
    "a path of up to 512 characters and a name of up to 64",
    pages.iam,
  ),
  "security.secrets": limitedBy(
    "500,000 secrets in a Region; the policies that name them",
    `${docs}/secretsmanager/latest/userguide/reference_limits.html`,
  ),
  "security.secrets.<name>@": atMost(
    128,
    "letters, digits and `_.-`",
    `${docs}/secretsmanager/latest/apireference/API_CreateSecret.html`,
  ),
  "security.secrets.<name>.description": atMost(
    2048,
    "any",
    `${docs}/secretsmanager/latest/apireference/API_CreateSecret.html`,
  ),
  "security.secrets.<name>.recoveryWindowInDays": range(
    `${docs}/secretsmanager/latest/apireference/API_DeleteSecret.html`,
  ),
  productionExceptions: limitedBy("one for each rule and repository", "project"),
  "productionExceptions[].repository": nameIn("ecr.repositories"),
  "productionExceptions[].reason": reason,
  acceptedWarnings: limitedBy("one for each warning and repository", "project"),
  "acceptedWarnings[].repository": nameIn("ecr"),
  "acceptedWarnings[].reason": reason,
  acknowledgedChanges: limitedBy("one for each gate and address", "project"),
  "acknowledgedChanges[].address": atMost(512, "characters without white space", "project"),
  "acknowledgedChanges[].reason": reason,
  "acknowledgedChanges[].expires": atMost(10, "a day of the calendar, as `YYYY-MM-DD`", "project"),
};
