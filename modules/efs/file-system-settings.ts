/** Days after which files can move to Infrequent Access. https://docs.aws.amazon.com/efs/latest/ug/API_LifecyclePolicy.html */
export const infrequentAccessDays = [1, 7, 14, 30, 60, 90, 180, 270, 365] as const;

export type InfrequentAccessDays = (typeof infrequentAccessDays)[number];

/** Port of NFS. */
export const nfsPort = 2049;
