import type { Table } from "../table";
import { type Child, element, type Markup, trusted } from "./markup";
import { foldable, scrolling, tableMarkup } from "./section-markup";

/** What an environment looks like: its stacks as an image, its repositories as a table. */
export interface Picture {
  /** E.g. `prod`. */
  readonly environment: string;
  /** An SVG element whose texts are escaped. */
  readonly svg: string;
  readonly repositories: Table;
}

export const pictureMarkup = ({ environment, svg, repositories }: Picture): Child => {
  const stacks = `Stacks of ${environment}`;
  const matrix = `Repositories of ${environment}`;
  const image: Markup = element("div", { class: "picture" }, trusted(svg));
  return [
    foldable(stacks, "", { open: false }, scrolling(stacks, image)),
    foldable(matrix, String(repositories.rows.length), { open: false }, tableMarkup(matrix, repositories)),
  ];
};
