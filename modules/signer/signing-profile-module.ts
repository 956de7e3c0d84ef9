import { SignerSigningProfile } from "@cdktf/provider-aws/lib/signer-signing-profile";
import { Construct } from "constructs";

export interface SigningProfileModuleProps {
  /** 2 to 64 letters, digits and underscores. */
  readonly name: string;
  /** Whether Terraform refuses to destroy the profile. */
  readonly preventDestroy: boolean;
}

/** Platform of AWS Signer for the Notary Project's signatures in registries. */
const notation = "Notation-OCI-SHA384-ECDSA";

/**
 * A signing profile of AWS Signer for container images. AWS keeps its key, and its signatures are valid for 135 months, the
 * default and the longest time for this platform.
 *
 * @see https://docs.aws.amazon.com/signer/latest/developerguide/image-signing-steps.html
 */
export class SigningProfileModule extends Construct {
  private readonly profile: SignerSigningProfile;

  constructor(scope: Construct, id: string, { name, preventDestroy }: SigningProfileModuleProps) {
    super(scope, id);
    this.profile = new SignerSigningProfile(this, "profile", {
      ...{ name, platformId: notation },
      lifecycle: { preventDestroy },
    });
  }

  /** ARN of the profile, which is the same for every version. */
  get arn(): string {
    return this.profile.arn;
  }

  /** ARN of its version, which signatures name. */
  get versionArn(): string {
    return this.profile.versionArn;
  }
}
