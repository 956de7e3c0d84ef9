import { createHash } from "node:crypto";
import {
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  GetDownloadUrlForLayerCommand,
  type ImageTagMutability,
  InitiateLayerUploadCommand,
  PutImageCommand,
  PutReplicationConfigurationCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { clientConfig } from "../../../emulator/client-config";
import { ociIndex, ociManifest } from "../../../emulator/image-registry";

export const sha256 = (data: Uint8Array | string): string =>
  `sha256:${createHash("sha256").update(data).digest("hex")}`;

/** The repositories of one account in one Region, with images that have layers. */
export class PushedImages {
  readonly ecr: ECRClient;

  /** @param variables the environment variables of an account, from the emulator */
  constructor(variables: Readonly<Record<string, string>>, region: string) {
    this.ecr = new ECRClient(clientConfig(variables, region));
  }

  async create(repositoryName: string, imageTagMutability: ImageTagMutability = "MUTABLE"): Promise<void> {
    await this.ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability }));
  }

  /** Replicate all repositories of the registry. */
  async replicateTo(registryId: string, ...regions: readonly string[]): Promise<void> {
    const destinations = regions.map((region) => ({ registryId, region }));
    const replicationConfiguration = { rules: [{ destinations }] };
    await this.ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration }));
  }

  /** Push an image. @returns its digest */
  async push(repositoryName: string, tags: readonly string[], layers: readonly Buffer[]): Promise<string> {
    const config = Buffer.from(JSON.stringify({ architecture: "amd64", os: "linux", tags }));
    for (const blob of [config, ...layers]) await this.upload(repositoryName, blob);
    const part = (type: string, blob: Buffer) => ({
      mediaType: `application/vnd.oci.image.${type}`,
      digest: sha256(blob),
      size: blob.length,
    });
    return this.put(repositoryName, tags, ociManifest, {
      config: part("config.v1+json", config),
      layers: layers.map((layer) => part("layer.v1.tar+gzip", layer)),
    });
  }

  /** Push a list of images. @returns its digest */
  pushList(repositoryName: string, tags: readonly string[], images: readonly string[]): Promise<string> {
    const manifests = images.map((digest) => ({ mediaType: ociManifest, digest, size: 1 }));
    return this.put(repositoryName, tags, ociIndex, { manifests });
  }

  /** Tags of each image by digest. */
  async tags(repositoryName: string): Promise<Record<string, readonly string[]>> {
    const { imageDetails = [] } = await this.ecr.send(new DescribeImagesCommand({ repositoryName }));
    return Object.fromEntries(
      imageDetails.map(({ imageDigest = "", imageTags = [] }) => [imageDigest, imageTags.toSorted()]),
    );
  }

  /** Pull what a tag refers to, as a container runtime does. @returns digests of the manifest and of its layers */
  async pull(repositoryName: string, imageTag: string): Promise<readonly string[]> {
    const { images: [image] = [] } = await this.ecr.send(
      new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag }] }),
    );
    const manifest = image?.imageManifest ?? "{}";
    const { layers = [] } = JSON.parse(manifest) as { layers?: { digest: string }[] };
    const pulled = layers.map(async ({ digest: layerDigest }) => {
      const { downloadUrl = "" } = await this.ecr.send(
        new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }),
      );
      return sha256(new Uint8Array(await (await fetch(downloadUrl)).arrayBuffer()));
    });
    return [sha256(manifest), ...(await Promise.all(pulled))];
  }

  private async upload(repositoryName: string, blob: Buffer): Promise<void> {
    const { uploadId, partSize = 0 } = await this.ecr.send(
      new InitiateLayerUploadCommand({ repositoryName }),
    );
    for (let first = 0; first < blob.length; first += partSize) {
      const layerPartBlob = blob.subarray(first, first + partSize);
      const partLastByte = first + layerPartBlob.length - 1;
      await this.ecr.send(
        new UploadLayerPartCommand({
          ...{ repositoryName, uploadId, partFirstByte: first, partLastByte },
          layerPartBlob,
        }),
      );
    }
    await this.ecr
      .send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [sha256(blob)] }))
      .catch((error: Error) => {
        if (error.name !== "LayerAlreadyExistsException") throw error;
      });
  }

  private async put(repositoryName: string, tags: readonly string[], mediaType: string, manifest: object) {
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, ...manifest });
    for (const imageTag of tags.length === 0 ? [undefined] : tags)
      await this.ecr.send(
        new PutImageCommand({ repositoryName, imageTag, imageManifest, imageManifestMediaType: mediaType }),
      );
    return sha256(imageManifest);
  }
}
