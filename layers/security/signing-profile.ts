import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../../environments/plan/environment";
import { signingProfileName } from "../../environments/plan/signing-profile";
import { SigningProfileModule } from "../../modules/signer/signing-profile-module";

/** The signing profile of an environment, with outputs for users. */
export function addSigningProfile(scope: Construct, environment: Environment): void {
  const profile = new SigningProfileModule(scope, "images", {
    name: signingProfileName(environment),
    preventDestroy: environment.deletionProtection,
  });
  const output = (id: string, description: string, value: string) =>
    new TerraformOutput(scope, id, { description, value });
  output(
    "signing_profile_arn",
    "ARN of the signing profile for images, with which notation signs",
    profile.arn,
  );
  output(
    "signing_profile_version_arn",
    "ARN of the version of the signing profile, which signatures of images name",
    profile.versionArn,
  );
}
