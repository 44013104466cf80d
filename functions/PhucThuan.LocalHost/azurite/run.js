// Runs Azurite until standard input closes. When LocalHost exits, even after kill -9, Azurite shuts down gracefully, so
// that its data are complete.
"use strict";
const http = require("http");

// On shutdown, Azurite waits until clients close their connections, which connection pools do after minutes.
const close = http.Server.prototype.close;
http.Server.prototype.close = function (callback) {
  const server = close.call(this, callback);
  this.closeAllConnections();
  return server;
};

// After LocalHost has exited, output causes errors. Ignore them, because they would stop Azurite before it has saved.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", () => {});
}

// Ctrl+C reaches all processes of the terminal. Ignore it, because LocalHost still stores visits; it then closes
// standard input.
process.on("SIGINT", () => {});
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
require("azurite/dist/src/azurite.js");
