/** Folders of the project that commands write. */
export const generatedFolders: readonly string[] = ["build", "cdktf.out", "node_modules"];
