import * as ecr from "../ecr-events";

/** Every kind of event that concerns a repository, by name, for a repository of the given name. */
export const eventKinds = {
  "basic scan with critical findings": ecr.basicScan,
  "basic scan with high findings": (name) => ecr.basicScan(name, { HIGH: 3, LOW: 1 }),
  "basic scan with low findings": (name) => ecr.basicScan(name, { LOW: 1 }),
  "basic scan without findings": (name) => ecr.basicScan(name, {}),
  "enhanced first scan": ecr.enhancedScan,
  "critical finding": ecr.imageFinding,
  "high finding": (name) => ecr.imageFinding(name, "HIGH"),
  "low finding": (name) => ecr.imageFinding(name, "LOW"),
  "closed critical finding": (name) => ecr.imageFinding(name, "CRITICAL", "CLOSED"),
  "suppressed critical finding": (name) => ecr.imageFinding(name, "CRITICAL", "SUPPRESSED"),
  push: ecr.push,
  deletion: ecr.deletion,
  replication: ecr.replication,
  "pull-through action": ecr.pullThrough,
} as const satisfies Record<string, (name: string) => object>;

export type EventKind = keyof typeof eventKinds;

export const group = {
  partition: "aws",
  accountId: "987654321098",
  region: "us-east-1",
  starts: ["myproject-prod-"],
};

/** Repositories whose names are like those of the group, but which are not in it. */
export const strangers = [
  "myproject-dev-web-app",
  "other-myproject-prod-web-app",
  "myproject-prod",
  "myproject-production-app",
];

/** Events that the scan findings log keeps: all but those of pushes and other actions. */
export const loggedKinds: EventKind[] = [
  "basic scan with critical findings",
  "basic scan with high findings",
  "basic scan with low findings",
  "basic scan without findings",
  "enhanced first scan",
  "critical finding",
  "high finding",
  "low finding",
  "closed critical finding",
  "suppressed critical finding",
];
