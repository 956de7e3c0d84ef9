"use strict";

/** Modules that run when something of them is first used, because most programs use nothing of them. */

/** A stand-in for what a module exports, be that an object or a function. */
const loadedOnFirstUse = (load) =>
  new Proxy(() => undefined, {
    get: (_, name) => load()[name],
    apply: (_, self, parameters) => load().apply(self, parameters),
  });

/**
 * Provider bindings are large, and an environment uses only some of them. A binding does nothing but define its exports,
 * so the order makes no difference.
 */
const isBinding = (request) => request.startsWith("@cdktf/provider-aws/lib/");

/** CDKTF's archives of assets, which no layer has. It loads 190 files, and one of them replaces functions of `node:fs`. */
const isArchiver = (request) => request === "archiver";

module.exports = { isArchiver, isBinding, loadedOnFirstUse };
