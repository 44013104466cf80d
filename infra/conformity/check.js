// Checks a live portal from outside and writes the report as HTML and JSON. Usage: infra/check.sh URL [FOLDER]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import * as network from "./network.js";
import * as pages from "./pages.js";
import { toHtml } from "./report.js";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/microsoft-edge"];
const MARKS = { met: "đạt", unmet: "CHƯA ĐẠT", unknown: "không kiểm được", person: "cần người xem" };

const [address, folder] = process.argv.slice(2);
const file = JSON.parse(readFileSync(new URL("./rules.json", import.meta.url), "utf8"));
const report = {
  address,
  checked: new Date().toISOString(),
  note: file.note,
  collected: file.collected,
  kinds: file.kinds,
  results: await withBrowser(checkAll),
};
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "bao-cao.json"), JSON.stringify(report, null, 2) + "\n");
writeFileSync(join(folder, "bao-cao.html"), toHtml(report));
for (const { title, result, evidence } of report.results) {
  console.log(`  ${MARKS[result].padEnd(16)}${title}: ${evidence}`);
}
console.log(`Báo cáo: ${join(folder, "bao-cao.html")}, bao-cao.json`);
process.exitCode = report.results.some((rule) => rule.result === "unmet") ? 1 : 0;

async function checkAll(browser) {
  const checks = { ...network, ...await pages.open(browser, address) };
  const results = [];
  for (const rule of file.rules) {
    results.push({ ...rule, ...await run(checks[toName(rule.id)], rule) });
  }
  return results;
}

// An exception in a check gives no result about the portal.
async function run(check, rule) {
  if (!check) {
    throw new Error(`rules.json has '${rule.id}', for which there is no check.`);
  }
  try {
    return await check(rule, address);
  } catch (error) {
    return { result: "unknown", evidence: String(error.message || error).split("\n")[0] };
  }
}

function toName(id) {
  return id.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

async function withBrowser(action) {
  const executablePath = process.env.CHROMIUM || PLACES.find((place) => existsSync(place));
  if (!executablePath) {
    console.error("Error: No browser found: install Chromium, or name its program in the variable CHROMIUM.");
    process.exit(2);
  }
  const browser = await chromium.launch({
    executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    return await action(browser);
  } catch (error) {
    console.error(`Error: ${address} cannot be checked: ${String(error.message).split("\n")[0]}`);
    return process.exit(2);
  } finally {
    await browser.close();
  }
}
