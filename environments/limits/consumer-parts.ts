import { atMost, type Limit, type Limits, nameIn, pages, range } from "./limit";

/** Limits of the image of a consumer. */
export const image: Limits = {
  "image.repository": nameIn("ecr"),
  "image.tag": atMost(
    128,
    "letters, digits and `._-`",
    "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests",
  ),
  "image.digest": atMost(71, "`sha256:` and 64 hexadecimal digits", pages.ecrImage),
};

/** Limit of the name of a consumer, which its role has too. @param words what the name consists of */
export const roleName = (words: string) => atMost(64, `of the role's whole name; ${words}`, pages.iam);

/** Limit of a TCP port. */
export const port = range("https://datatracker.ietf.org/doc/html/rfc6335#section-6");

/** Variables of a container or function by name, with their values. */
export const variables = (name: Limit, value: Limit): Limits => ({
  environment: value,
  "environment.<name>@": name,
  "environment.<name>": value,
  secrets: value,
  "secrets.<name>@": name,
  "secrets.<name>": nameIn("security.secrets"),
});
