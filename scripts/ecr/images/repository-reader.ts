import type { ECRClient, ImageDetail } from "@aws-sdk/client-ecr";
import type { AddressedRepository } from "../../../environments/plan/repository-addresses";
import type { AccountConnection } from "../account-connection";
import type { RepositoryId } from "../image-input";
import { listedImages } from "../listed-images";

/** One repository at AWS, read with the credentials of its environment. */
export class RepositoryReader {
  readonly id: RepositoryId;
  private readonly client: ECRClient;

  /** @param signal stops the reading, also a request that is on its way */
  constructor(
    private readonly account: AccountConnection,
    readonly repository: AddressedRepository,
    private readonly signal: AbortSignal,
  ) {
    this.id = { registryId: repository.accountId, repositoryName: repository.name };
    this.client = account.ecr(repository.region);
  }

  /** What AWS answers to a request about the repository. @throws CommandError when it refuses */
  ask<T>(request: (client: ECRClient, options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    return this.account.ask(
      this.id.repositoryName,
      () => request(this.client, { abortSignal: this.signal }),
      this.repository.region,
    );
  }

  /** Every image, page by page, archived ones too. @throws CommandError when AWS refuses a page */
  async *images(): AsyncGenerator<ImageDetail> {
    const listed = listedImages(this.client, this.id, this.signal);
    for (;;) {
      this.signal.throwIfAborted();
      const { done, value } = await this.account.ask(
        this.id.repositoryName,
        () => listed.next(),
        this.repository.region,
      );
      if (done === true) return;
      yield value;
    }
  }
}
