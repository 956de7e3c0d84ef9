import type { SdkSettings } from "../runner/role-credentials";
import type { ExistingResource, WantedResource } from "./match";

/** The resources to look for, all of one type, and the tags of their stack. */
export interface Search {
  /** What clients are made with. */
  readonly settings: SdkSettings;
  readonly wanted: readonly WantedResource[];
  readonly stackTags: Readonly<Record<string, string>>;
}

/** Reads from AWS the resources of one type among which the wanted ones may be. */
export type Lookup = (search: Search) => Promise<ExistingResource[]>;

/** What is on the pages of an answer, in another form. */
export async function collect<Page, Item, Found>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  toFound: (item: Item) => Found,
): Promise<Found[]> {
  const found: Found[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []).map(toFound));
  return found;
}

/** Tags as AWS returns them, as a map. */
export function tagMap(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** The known values of an argument of the wanted resources, each once. */
export function valuesOf(wanted: readonly WantedResource[], argument: string): string[] {
  const values = wanted.map((resource) => resource.arguments[argument]);
  return [...new Set(values.filter((value) => value !== undefined))];
}
