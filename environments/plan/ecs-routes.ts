import { globCovers } from "../../modules/values/glob-covers";

/** Which requests of a shared load balancer a service gets. */
export interface Route {
  readonly service: string;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  readonly priority: number;
}

/**
 * The route that gets all requests of another one first; `undefined` if there is none. Host names are the same in upper and
 * lower case, and paths are not.
 *
 * @param routes those of the same load balancer
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function hiddenBy(route: Route, routes: readonly Route[]): Route | undefined {
  return routes.find(
    (other) =>
      other.priority < route.priority &&
      coversAll(hostsOf(other), hostsOf(route)) &&
      coversAll(pathsOf(other), pathsOf(route)),
  );
}

const coversAll = (general: readonly string[], specific: readonly string[]): boolean =>
  specific.every((one) => general.some((other) => globCovers(other, one)));

const hostsOf = ({ hosts }: Route): string[] =>
  hosts.length === 0 ? ["*"] : hosts.map((host) => host.toLowerCase());

/** Every path starts with a slash. */
const pathsOf = ({ paths }: Route): readonly string[] => (paths.length === 0 ? ["/*"] : paths);
