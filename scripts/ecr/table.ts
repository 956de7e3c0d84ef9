import Table from "cli-table3";

/** A table without lines between its rows, as text for a terminal. */
export const newTable = (head: string[]) =>
  new Table({
    head,
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
