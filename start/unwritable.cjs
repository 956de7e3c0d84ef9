"use strict";

const codes = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT"];

/**
 * What to do about an error because something in `build` cannot be written.
 *
 * @param {NodeJS.ErrnoException} error
 * @returns {string | undefined} `undefined` for any other error
 */
function explainUnwritable({ code, path }) {
  if (!codes.includes(code)) return undefined;
  return (
    `${path} cannot be written or deleted (${code}). It may belong to another user, for example because a command ran with sudo, ` +
    "or the disk may be full. Delete the folder build, or give this user write access: every command writes to it.\n"
  );
}

module.exports = { explainUnwritable };
