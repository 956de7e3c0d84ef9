/** How images are encrypted. With KMS the key is required: there is no silent change to a weaker key. */
export type Encryption =
  | { readonly type: "AES256" }
  | {
      readonly type: "KMS" | "KMS_DSSE";
      /**
       * ARN of the key itself: Terraform compares it as text, so that an alias or an id of the same key would replace
       * the repository. May be known at deploy only.
       */
      readonly kmsKeyArn: string;
    };
