/** How images are encrypted. KMS requires a key, so there is no silent fallback to a weaker one. */
export type Encryption =
  | { readonly type: "AES256" }
  | {
      readonly type: "KMS" | "KMS_DSSE";
      /**
       * ARN of the key itself. Terraform compares it as text, so an alias or an ID of the same key would replace the
       * repository. May be unknown until deploy.
       */
      readonly kmsKeyArn: string;
    };
