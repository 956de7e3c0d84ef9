import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { withCluster } from "../../../support/environments/one-cluster";

const warnings = (eks: Partial<NonNullable<EnvironmentInput["eks"]>>, day = "2026-11-28") =>
  warningsOf(loadEnvironments(withCluster(eks)), undefined, new Date(day));

test("a version in extended support is warned of, with what it costs or does", () => {
  expect([
    ...warnings({ kubernetesVersion: "1.33" }),
    ...warnings({ kubernetesVersion: "1.33", support: "STANDARD" }),
  ]).toMatchInlineSnapshot(`
    [
      "environments/test.ts: eks.kubernetesVersion: Standard support of Kubernetes 1.33 ended on 2026-07-29. In extended support, which ends on 2027-07-29, the cluster costs more per hour. Upgrade by one minor version at a time. [kubernetes-version-support]",
      "environments/test.ts: eks.kubernetesVersion: Standard support of Kubernetes 1.33 ended on 2026-07-29. With support STANDARD, EKS upgrades the cluster automatically, after which Terraform plans a downgrade that EKS refuses. Upgrade by one minor version at a time. [kubernetes-version-support]",
    ]
  `);
});

test("a version that EKS no longer supports is warned of", () => {
  expect(warnings({ kubernetesVersion: "1.30" })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: eks.kubernetesVersion: EKS no longer supports Kubernetes 1.30: it does not create clusters with it and upgrades existing ones automatically, after which Terraform plans a downgrade that EKS refuses. Use a newer version. [kubernetes-version-support]",
    ]
  `);
});

test("a version in standard support, or one that is newer than the list, is not warned of", () => {
  expect(warnings({ kubernetesVersion: "1.35" })).toEqual([]);
  expect(warnings({ kubernetesVersion: "1.36" })).toEqual([]);
  expect(warnings({ kubernetesVersion: "1.33" }, "2026-07-01")).toEqual([]);
});
