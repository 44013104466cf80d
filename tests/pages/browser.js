// Chromium, Chrome or Edge: the program in the variable CHROMIUM, or the first one in the usual places.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/microsoft-edge"];

export async function withBrowser(action) {
  const executablePath = process.env.CHROMIUM || PLACES.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error("No browser found: install Chromium, or name its program in the variable CHROMIUM.");
  }
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    await action(browser);
  } finally {
    await browser.close();
  }
}
