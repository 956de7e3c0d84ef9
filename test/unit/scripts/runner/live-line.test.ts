import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveLine } from "../../../../scripts/runner/live-line";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A line on a stream, and what the last row of the terminal has. */
function lineOn(isTTY: boolean) {
  let row = "";
  const stream = {
    ...{ isTTY, columns: 80 },
    write: (text: string) => {
      row = (row + text).replaceAll("\r\u001b[K", "\n").split("\n").at(-1) ?? "";
    },
  };
  const line = new LiveLine(stream as unknown as NodeJS.WriteStream, () => Date.now());
  return { line, print: (text: string) => line.above(text, () => stream.write(text)), row: () => row };
}

const task = (label: string, progress = "") => ({ label, progress: () => progress });

test("a terminal shows what runs, how far it is and for how long, until it ends", () => {
  const { line, row } = lineOn(true);
  const end = line.begin(task("compute-dev: apply", "12 of 24"));
  const first = row();
  vi.advanceTimersByTime(41_000);
  const later = row();
  end();

  expect([first, later, row()]).toEqual([
    "compute-dev: apply, 12 of 24, 0 s",
    "compute-dev: apply, 12 of 24, 41 s",
    "",
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

test("several tasks share the line", () => {
  const { line, row } = lineOn(true);
  const end = line.begin(task("network-dev: plan"));
  vi.advanceTimersByTime(2000);
  line.begin(task("compute-dev: plan", "3 read"));
  expect(row()).toBe("network-dev: plan, 2 s | compute-dev: plan, 3 read, 0 s");

  end();
  expect(row()).toBe("compute-dev: plan, 3 read, 0 s");
});

test("what is printed stays above, and a question keeps its line", () => {
  const { line, print, row } = lineOn(true);
  line.begin(task("compute-dev: destroy"));
  print("a: Destroying...\n");
  expect(row()).toBe("compute-dev: destroy, 0 s");

  print("  Enter a value: \u001b[0m");
  vi.advanceTimersByTime(3000);
  expect(row()).toBe("  Enter a value: \u001b[0m");

  print("\n");
  expect(row()).toBe("compute-dev: destroy, 3 s");
});

test("where there is no terminal, nothing is shown", () => {
  const { line, row } = lineOn(false);
  line.begin(task("compute-dev: apply"));
  vi.advanceTimersByTime(3000);

  expect([line.isShown, row(), vi.getTimerCount()]).toEqual([false, "", 0]);
});
