import type { Edit } from "./edit";

/** Edits of who may pull, push, deploy and connect. */
export const accessEdits = {
  "pull-from-account": {
    title: "Let another account pull.",
    layers: ["replicas", "compute"],
    change: ({ dev }) => {
      dev.ecr.repositories["web-app"].allowedAccountIds.push("333344445555");
    },
  },
  "push-from-account": {
    title: "Let a role of another account push.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.api.pushRoleArns = ["arn:aws:iam::333344445555:role/builder"];
    },
  },
  "pull-from-organization": {
    title: "Let a whole organization pull.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.worker.allowedOrganizationIds = ["o-a1b2c3d4e5"];
    },
  },
  "account-removed": {
    title: "End the access of another account.",
    layers: ["replicas", "compute"],
    change: ({ dev }) => {
      dev.ecr.repositories["web-app"].enableCrossAccountAccess = false;
      dev.ecr.repositories["web-app"].allowedAccountIds = [];
    },
  },
  "condition-removed": {
    title: "Remove the condition of a statement.",
    layers: ["compute"],
    change: ({ dev }) => {
      delete dev.ecr.repositories.api.repositoryPolicyStatements[0].conditions;
    },
  },
  "deny-removed": {
    title: "Remove a Deny statement.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.api.repositoryPolicyStatements.pop();
    },
  },
  "statements-reordered": {
    title: "Write the statements in another order.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.api.repositoryPolicyStatements.reverse();
    },
  },
  "public-pull": {
    title: "Let everyone pull.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.worker.repositoryPolicyStatements = [
        {
          actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          principals: [{ type: "*", identifiers: ["*"] }],
        },
      ];
    },
  },
  "ci-branch-widened": {
    title: "Let every branch of a repository push images.",
    layers: ["security"],
    change: ({ dev }) => {
      dev.security.ci.push.app.trust = [{ github: "acme/web-app", branch: "*" }];
    },
  },
  "ci-subject-added": {
    title: "Let another repository push images, to one more repository.",
    layers: ["security"],
    change: ({ dev }) => {
      dev.security.ci.push.app.repositories.push("api");
      dev.security.ci.push.app.trust.push({ github: "acme/tools", tag: "v*" });
    },
  },
  "ci-role-removed": {
    title: "Remove the role that pushes.",
    layers: ["security"],
    change: ({ dev }) => {
      delete dev.security.ci;
    },
  },
  "load-balancer-opened": {
    title: "Open a load balancer to the internet.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecs.services.web.loadBalancer.allowedCidrBlocks = ["0.0.0.0/0"];
    },
  },
} satisfies Readonly<Record<string, Edit>>;
