/// <reference path="../../../node_modules/@cdktf/node-pty-prebuilt-multiarch/node-pty.d.ts" />

/** package.json installs @lydell/node-pty under this name, and its types know only the original one. */
declare module "@cdktf/node-pty-prebuilt-multiarch" {
  export * from "@lydell/node-pty";
}
