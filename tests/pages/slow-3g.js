// Measures a first visit on a phone with slow 3G: 400 kbit/s, 400 ms for each request (the throttling of Chromium's
// developer tools: no connection set-up, no packet loss). Prints the table of medians in Markdown.
// Usage: npm run slow-3g [-- ADDRESS], where ADDRESS is a running portal; by default, the samples are measured.
import { withBrowser } from "./browser.js";
import { withPortal } from "./portal.js";

const RUNS = 5;
const BYTES_PER_SECOND = 400_000 / 8;
const SLOW_3G = {
  offline: false, latency: 400, downloadThroughput: BYTES_PER_SECOND, uploadThroughput: BYTES_PER_SECOND,
};
const PHONE = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const PAGES = {
  "home": "/",
  "article with pictures": "/bai-viet/dong-sim-vo-dich-giai-bong-chuyen-hoi-nu",
  "article of text": "/bai-viet/lich-tiem-chung-cho-tre-quy-iv-nam-2026",
};

const [address] = process.argv.slice(2);
await (address ? measureAll(address) : withPortal(null, measureAll));

async function measureAll(portal) {
  await withBrowser(async (browser) => {
    console.log(`${RUNS} runs each, median (all runs), seconds\n`);
    console.log("| page | first content | largest paint | largest element | transferred |");
    console.log("|---|---|---|---|---|");
    for (const [name, path] of Object.entries(PAGES)) {
      await measure(browser, new URL(path, portal)); // warms the portal's caches
      const runs = [];
      for (let run = 0; run < RUNS; run++) {
        runs.push(await measure(browser, new URL(path, portal)));
      }
      const largest = runs.at(-1);
      console.log(`| ${name} | ${summary(runs, "firstContent")} | ${summary(runs, "largestPaint")}`
        + ` | ${largest.element} | ${Math.round(largest.bytes / 1000)} kB |`);
    }
  });
}

async function measure(browser, url) {
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    let bytes = 0;
    session.on("Network.loadingFinished", (request) => {
      bytes += request.encodedDataLength;
    });
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_3G);
    await page.goto(url.href, { waitUntil: "networkidle", timeout: 120_000 });
    return { ...await page.evaluate(paintTimes), bytes };
  } finally {
    await context.close();
  }
}

// Milliseconds since navigation, and the element of the largest paint.
function paintTimes() {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const largest = list.getEntries().at(-1);
      resolve({
        firstContent: performance.getEntriesByName("first-contentful-paint")[0].startTime,
        largestPaint: largest.startTime,
        element: largest.element?.localName ?? "",
      });
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
}

function summary(runs, name) {
  const seconds = runs.map((run) => run[name] / 1000).sort((one, other) => one - other);
  const all = seconds.map((value) => value.toFixed(2)).join(" ");
  return `${seconds[Math.floor(seconds.length / 2)].toFixed(2)} (${all})`;
}
