import { publicRegion } from "../../../modules/ecr/public/public-repository";

/** Programs that log in to a registry with a password from standard input. */
export const loginClients = ["docker", "podman", "helm"] as const;

export type LoginClient = (typeof loginClients)[number];

/** Programs that build, push and pull images. */
export const containerClients = ["docker", "podman"] as const;

export type ContainerClient = (typeof containerClients)[number];

/** Host of the public gallery. https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html */
export const publicHost = "public.ecr.aws";

/**
 * Arguments of a program that logs in with the password at its standard input.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/push-oci-artifact.html for Helm
 */
export function loginArguments(client: LoginClient, host: string): string[] {
  const verb = client === "helm" ? ["registry", "login"] : ["login"];
  return [...verb, "--username", "AWS", "--password-stdin", host];
}

/** The command line that logs in to a private registry with the AWS CLI. */
export const loginCommand = (client: LoginClient, region: string, host: string): string =>
  `aws ecr get-login-password --region ${region} | ${[client, ...loginArguments(client, host)].join(" ")}`;

/** The command line that logs in to the public gallery, whose registry is asked in one Region only. */
export const publicLoginCommand = (client: LoginClient): string =>
  `aws ecr-public get-login-password --region ${publicRegion} | ${[client, ...loginArguments(client, publicHost)].join(" ")}`;

/**
 * Settings with which Docker asks the credential helper, in `~/.docker/config.json`; Podman reads the same in
 * `~/.config/containers/auth.json`, Helm in the configuration of Docker.
 *
 * @see https://github.com/awslabs/amazon-ecr-credential-helper#docker
 */
export const credentialHelperSettings = (hosts: readonly string[]) => ({
  credHelpers: Object.fromEntries(hosts.map((host) => [host, "ecr-login"])),
});
