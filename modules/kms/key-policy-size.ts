/** Maximum size of a key policy in bytes. https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export const maxKeyPolicyBytes = 32_768;

/** Bytes left for the administrators' ARNs, as JSON, when the rest of a key policy has its longest names. */
export const maxAdministratorBytes = 28_000;
