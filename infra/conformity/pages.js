// Checks in a browser, of the home page and the first article that it links to.
import { createRequire } from "node:module";
import { met, unmet, when } from "./network.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const MAX_LINKS = 60;
const CONCURRENT = 6;
const PAGE_LIMIT = 60_000;

/** Opens the home page, as a first visit with an empty cache, and an article. */
export async function open(browser, address) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, isMobile: true, bypassCSP: true });
  const home = await context.newPage();
  await home.goto(address, { waitUntil: "networkidle", timeout: PAGE_LIMIT });
  const times = await home.evaluate(readTimes);
  const cookieCount = (await context.cookies()).length;
  const path = await home.evaluate(findArticle);
  const article = await context.newPage();
  await article.goto(new URL(path || "/", address).href, { waitUntil: "networkidle", timeout: PAGE_LIMIT });
  const text = (page, selector) => page.locator(selector).first().innerText({ timeout: 2000 }).catch(() => "");
  const find = (page, selector) => page.locator(selector).count();
  const ofArticle = (check) => async (...rest) =>
    (path ? check(...rest) : { result: "unknown", evidence: "trang đầu không dẫn tới bài viết nào" });

  return {
    firstContent: async (rule) => within(times.first, rule),
    largestContent: async (rule) => within(times.largest, rule),
    fullPage: async (rule) => within(times.full, rule),
    cookies: async () => when(cookieCount === 0, `${cookieCount} cookie`),
    accessibility: async () => {
      const errors = [...await runAxe(home), ...await runAxe(article)];
      return when(
        errors.length === 0, errors.length ? errors.join("; ") : `${home.url()} và ${article.url()}: không có lỗi`);
    },
    search: ofArticle(async () => searchFor(context, address, (await text(article, "h1")).trim(), path)),
    print: ofArticle(async () => {
      await article.emulateMedia({ media: "print" });
      const kept = await article.locator("main h1").first().isVisible();
      const menus = await article.locator("header nav >> visible=true").count();
      await article.emulateMedia({ media: "screen" });
      return when(
        kept && menus === 0, kept ? `nội dung còn, ${menus} phần điều hướng in ra` : "tiêu đề bài không in ra");
    }),
    feed: async () => {
      const feed = await home.locator("link[rel=alternate][type*='xml']").first()
        .getAttribute("href", { timeout: 2000 }).catch(() => null);
      if (!feed) {
        return unmet("trang đầu không khai báo nguồn tin");
      }
      const body = await (await fetch(new URL(feed, address))).text();
      return when(/<(entry|item)[\s>]/.test(body), `${feed}: ${(body.match(/<(entry|item)[\s>]/g) || []).length} mục`);
    },
    siteMap: async () => when(
      await find(home, "a[href*='so-do'], a[href*='sitemap']") > 0, "đường dẫn “Sơ đồ trang” ở trang đầu"),
    statistics: async () => {
      const words = await home.locator("body").innerText();
      const shown = words.match(/tổng[^\d]{0,30}truy cập[^\d]{0,20}[\d.,]+/i)
        || words.match(/truy cập[^\d]{0,20}[\d.,]+/i);
      return shown ? met(`“${shown[0].replace(/\s+/g, " ").trim()}”`) : unmet("không thấy con số nào");
    },
    contact: async () => {
      const found = await home.locator("footer a[href^='tel:'], footer a[href^='mailto:']").allInnerTexts();
      return when(found.length > 0, found.length ? found.join(", ") : "chân trang không có điện thoại hay thư điện tử");
    },
    body: async () => {
      const parts = await Promise.all([home, article].flatMap((page) => [
        text(page, "header"),
        page.locator("footer").last().innerText({ timeout: 2000 }).catch(() => ""),
      ]));
      const name = parts[0].split("\n").map((line) => line.trim()).find((line) => line.length > 5) || "";
      return when(name !== "" && parts.every((part) => part.includes(name)), `“${name}”`);
    },
    date: ofArticle(async () => {
      const time = await article.locator("main time[datetime]").first().getAttribute("datetime", { timeout: 2000 })
        .catch(() => null);
      return time ? met(time) : unmet("bài không có phần tử <time datetime>");
    }),
    metadata: ofArticle(async () => {
      const missing = [];
      for (const selector of ["meta[name=description]", "script[type='application/ld+json']"]) {
        if (await find(article, selector) === 0) {
          missing.push(selector);
        }
      }
      return when(missing.length === 0, missing.length ? `thiếu ${missing.join(", ")}` : "mô tả và JSON-LD");
    }),
    mobile: async () => {
      await home.setViewportSize({ width: 320, height: 640 });
      const width = await home.evaluate(() => document.documentElement.scrollWidth);
      return when(width <= 320, `trang rộng ${width} điểm`);
    },
    links: async () => checkLinks(await home.evaluate(ownLinks)),
    measuringTag: async () => {
      const foreign = await home.evaluate(() => [...document.scripts].map((script) => script.src)
        .filter((src) => src && new URL(src).host !== location.host));
      return {
        result: "person",
        evidence: foreign.length ? `mã của nơi khác: ${foreign.join(", ")}` : "không có mã của nơi khác",
      };
    },
  };
}

function within(milliseconds, rule) {
  const seconds = (milliseconds / 1000).toFixed(2).replace(".", ",");
  return when(milliseconds > 0 && milliseconds < rule.limit, `${seconds} giây`);
}

// Runs in the page. Returns milliseconds since navigation.
function readTimes() {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const paint = performance.getEntriesByName("first-contentful-paint")[0];
      resolve({
        first: paint ? paint.startTime : 0,
        largest: list.getEntries().at(-1).startTime,
        full: performance.getEntriesByType("navigation")[0].loadEventEnd,
      });
    }).observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => resolve({ first: 0, largest: 0, full: 0 }), 10_000);
  });
}

// Runs in the page. Finds the path of the first article: a link with an article's path, or else a link in a heading.
function findArticle() {
  const paths = (selector) => [...document.querySelectorAll(selector)]
    .filter((link) => link.href.startsWith(location.origin + "/"))
    .map((link) => new URL(link.href).pathname);
  return paths("main a[href]").find((path) => /\/(bai-viet|tin-bai|articles?)\//.test(path))
    || paths("main h2 a[href], main h3 a[href]")[0] || null;
}

function ownLinks() {
  return [...new Set([...document.querySelectorAll("a[href]")].map((link) => link.href.split("#")[0]))]
    .filter((link) => link.startsWith(location.origin));
}

async function runAxe(page) {
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate((levels) => window.axe.run(document, { runOnly: levels }), LEVELS);
  const path = new URL(page.url()).pathname;
  return found.violations.map((violation) => `${violation.id} (${violation.nodes.length} chỗ, ${path})`);
}

async function searchFor(context, address, title, path) {
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "load", timeout: PAGE_LIMIT });
  const field = page.locator("input[type=search], input[name=q]").first();
  await (await field.count() > 0 ? field.fill(title) : page.goto(new URL("/tim-kiem", address).href)
    .then(() => page.locator("input[type=search], input[name=q]").first().fill(title)));
  await Promise.all([
    page.waitForNavigation({ timeout: PAGE_LIMIT }),
    page.locator("input[type=search], input[name=q]").first().press("Enter"),
  ]);
  const found = await page.locator(`main a[href*="${path}"]`).count();
  await page.close();
  return when(found > 0, `“${title}”: ${found > 0 ? "thấy bài" : "không thấy bài"}`);
}

async function checkLinks(links) {
  const wrong = [];
  const left = links.slice(0, MAX_LINKS);
  await Promise.all(Array.from({ length: CONCURRENT }, async () => {
    for (let link = left.pop(); link; link = left.pop()) {
      const response = await fetch(link).catch(() => null);
      await response?.body?.cancel();
      if (!response || response.status >= 400) {
        wrong.push(`${link} (${response ? response.status : "không trả lời"})`);
      }
    }
  }));
  const checked = Math.min(links.length, MAX_LINKS);
  return when(wrong.length === 0, wrong.length ? wrong.join(", ") : `${checked} đường dẫn đều mở được`);
}
