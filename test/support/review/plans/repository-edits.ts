import type { Edit } from "./edit";

/** Edits of repositories: which there are, how they keep images, and how they are encrypted. */
export const repositoryEdits = {
  "repository-added": {
    title: "Add a repository.",
    layers: ["security", "registry", "compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.payments = { imageTagMutability: "IMMUTABLE", enableEnhancedScanning: true };
    },
  },
  "repository-removed": {
    title: "Remove a repository.",
    layers: ["registry", "compute"],
    change: ({ dev }) => {
      delete dev.ecr.repositories.legacy;
    },
  },
  "repository-renamed": {
    title: "Rename a repository.",
    layers: ["registry", "compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.catalog = dev.ecr.repositories.api;
      delete dev.ecr.repositories.api;
    },
  },
  "protected-repository-removed": {
    title: "Remove a repository while deletion protection is on.",
    layers: ["security", "replicas", "registry", "compute"],
    change: ({ dev }) => {
      dev.deletionProtection = true;
      delete dev.ecr.repositories.legacy;
    },
  },
  "tags-mutable": {
    title: "Let tags of a repository be overwritten.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.api.imageTagMutability = "MUTABLE";
    },
  },
  "tags-immutable": {
    title: "Make the tags of a repository immutable.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.worker.imageTagMutability = "IMMUTABLE";
    },
  },
  "encryption-aes256": {
    title: "Encrypt images with AES256 instead of the KMS key.",
    layers: ["security", "replicas", "compute"],
    change: ({ dev }) => {
      dev.ecr.encryptionType = "AES256";
    },
  },
  "retention-shorter": {
    title: "Keep fewer images.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.worker.maxImageCount = 5;
    },
  },
  "retention-longer": {
    title: "Keep more images.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.worker.maxImageCount = 200;
    },
  },
  "protected-tags-removed": {
    title: "No longer keep the images of releases.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.api.protectedTags = [];
    },
  },
  "lifecycle-rules-reordered": {
    title: "Write own lifecycle rules, the general one before the one for pull requests.",
    layers: ["compute"],
    change: ({ dev }) => {
      delete dev.ecr.repositories.worker.maxImageCount;
      dev.ecr.repositories.worker.lifecycleRules = [
        {
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 20 },
          rulePriority: 2,
        },
        {
          rulePriority: 1,
          selection: {
            ...{ tagStatus: "tagged", tagPrefixList: ["pr-"] },
            ...{ countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
          },
        },
      ];
    },
  },
  "tags-only": {
    title: "Change the tags of everything.",
    layers: ["security", "network", "replicas", "registry", "compute"],
    change: ({ dev }) => {
      dev.tags = { Team: "checkout", CostCenter: "5678" };
    },
  },
  "force-delete": {
    title: "Let Terraform delete a repository with its images.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecr.repositories.legacy.forceDelete = true;
    },
  },
} satisfies Readonly<Record<string, Edit>>;
