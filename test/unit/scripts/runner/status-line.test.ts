import { expect, test } from "vitest";
import { StatusLine } from "../../../../scripts/runner/status-line";

/** What a stream shows that people see, and what it was written. */
function output(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, columns: 20, write: (text: string) => written.push(text) };
  return { status: new StatusLine(stream as unknown as NodeJS.WriteStream), written };
}

test("a terminal shows the last text, cut to its width, and nothing at the end", () => {
  const { status, written } = output(true);
  status.show("a text that is longer than the line");
  status.show("short");
  status.clear();
  status.clear();

  expect(written).toEqual(["a text that is long", "\r\x1b[K", "short", "\r\x1b[K"]);
});

test("elsewhere nothing is written", () => {
  const { status, written } = output(false);
  status.show("text");
  status.clear();

  expect(written).toEqual([]);
});
