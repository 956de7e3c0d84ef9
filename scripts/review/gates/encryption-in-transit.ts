import { valueAt } from "../../../modules/values/value-at";
import { attributeChange, isUnknown } from "../terraform-plan";
import type { WeakeningRule, WeakeningRules } from "../weakening";
import { changesInPlace, turnedOff, weaker } from "../weaker-attribute";

/**
 * Requests that were encrypted. A new listener encrypts none that were sent before.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const encryptionInTransit: WeakeningRules = {
  aws_lb_listener: [...protocols("clients no longer encrypt their requests"), olderTls, noRedirect],
  aws_lb_target_group: protocols("requests to its targets are no longer encrypted"),
  aws_ecs_cluster: [
    turnedOff(
      [
        ...["configuration", 0, "execute_command_configuration", 0],
        ...["log_configuration", 0, "cloud_watch_encryption_enabled"],
      ],
      "ECS Exec no longer requires that the log group of sessions is encrypted",
    ),
  ],
};

function protocols(meaning: string): WeakeningRule[] {
  return [
    ["HTTPS", "HTTP"],
    ["TLS", "TCP"],
  ].map((strongestFirst) => weaker(["protocol"], strongestFirst, meaning));
}

/** A listener for HTTP that only redirected to HTTPS. */
function noRedirect(...[change]: Parameters<WeakeningRule>): readonly string[] {
  const path = ["default_action", 0, "type"];
  if (!changesInPlace(change) || isUnknown(change, path)) return [];
  const { before, after } = change.change;
  const isRedirected = (values: unknown) => valueAt(values, path) === "redirect";
  if (valueAt(after, ["protocol"]) !== "HTTP" || !isRedirected(before) || isRedirected(after)) return [];
  return [`${attributeChange(change, path)}; requests over HTTP are answered instead of redirected`];
}

/** An older version of TLS than any client could use so far. */
function olderTls(...[change]: Parameters<WeakeningRule>): readonly string[] {
  const path = ["ssl_policy"];
  if (!changesInPlace(change) || isUnknown(change, path)) return [];
  const [before, after] = [change.change.before, change.change.after].map((values) =>
    oldestTls(valueAt(values, path)),
  );
  if (before === undefined || after === undefined || after >= before) return [];
  return [`${attributeChange(change, path)}; clients can use TLS 1.${after}`];
}

/** The oldest minor version of TLS 1 that a security policy lets clients use; `undefined` without a policy. */
function oldestTls(policy: unknown): number | undefined {
  if (typeof policy !== "string" || policy === "") return undefined;
  const [, minor] = /-(?:TLS13|TLS|FS)-1-([0-3])(?:-|$)/.exec(policy) ?? [];
  return minor === undefined ? 0 : Number(minor);
}
