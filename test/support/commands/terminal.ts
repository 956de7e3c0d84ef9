import { type IPty, spawn } from "@cdktf/node-pty-prebuilt-multiarch";
import type { Workspace } from "../emulator/workspace";

/** What is done at a question, once. */
export interface Reply {
  /** Text that the question ends with, or a pattern of it. */
  readonly question: string | RegExp;
  readonly act: (terminal: IPty) => void;
}

/** Press keys, e.g. `yes\r`. */
export const press =
  (keys: string) =>
  (terminal: IPty): void =>
    terminal.write(keys);

/** Run a compiled script at a terminal and reply to its questions. */
export function atTerminal(
  workspace: Workspace,
  args: readonly string[],
  replies: readonly Reply[],
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<{ code: number; printed: string }> {
  const [script = "", ...rest] = args;
  const environment = Object.entries(workspace.environment(variables)).filter(
    ([, value]) => value !== undefined,
  );
  const terminal = spawn(process.execPath, [...workspace.program(script), ...rest], {
    cwd: workspace.folder,
    env: Object.fromEntries(environment) as Record<string, string>,
    cols: 200,
  });
  let printed = "";
  let open = [...replies];
  return new Promise((resolve) => {
    terminal.onData((data) => {
      printed += data;
      const asked = open.filter(({ question }) =>
        typeof question === "string" ? printed.includes(question) : question.test(printed),
      );
      open = open.filter((reply) => !asked.includes(reply));
      for (const { act } of asked) act(terminal);
    });
    terminal.onExit(({ exitCode }) => resolve({ code: exitCode, printed }));
  });
}
