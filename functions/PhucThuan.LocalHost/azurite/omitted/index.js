// Empty. Azurite loads applicationinsights although LocalHost disables its telemetry, and depends on tedious and mysql2
// for SQL databases that LocalHost does not use. Without them, two thirds of the installed files are left out.
"use strict";
