// Runs Azurite for as long as standard input is open: when LocalHost ends, even killed, Azurite ends and leaves its
// data whole.
"use strict";
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
require("azurite/dist/src/azurite.js");
