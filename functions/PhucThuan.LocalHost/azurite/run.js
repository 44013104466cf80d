// Runs Azurite for as long as standard input is open: when LocalHost ends, even killed, Azurite ends and leaves its
// data whole.
"use strict";
const http = require("http");

// Azurite waits for its clients to hang up, and their connection pools keep connections for minutes.
const close = http.Server.prototype.close;
http.Server.prototype.close = function (callback) {
  const server = close.call(this, callback);
  this.closeAllConnections();
  return server;
};

process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
require("azurite/dist/src/azurite.js");
