// Takes pictures of the running portal: each kind of page on a phone and on a wide screen, light and dark, four in one
// WebP file. Usage: npm run screenshots -- FOLDER
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withBrowser } from "./browser.js";
import { withLongTable } from "./portal.js";

const PAGES = {
  home: "/",
  article: "/bai-viet/vu-che-thu-sang-som-tren-nhung-doi-che",
  table: "/bai-viet/danh-sach-ho-duoc-ho-tro-giong-che",
  search: "/tim-kiem?q=ch%C3%A8",
  statistics: "/thong-ke",
  404: "/bai-viet/vu-che-thu-sang-som",
};

// CSS pixels. The heights limit how much of a page is shown.
const PHONE = { width: 360, height: 1300 };
const DESKTOP = { width: 1440, height: 1080 };
const DESKTOP_SCALE = 0.6;
const QUALITY = 45; // of WebP
const READER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
  + "Chrome/153.0.0.0 Safari/537.36";

const folder = process.argv[2];
if (!folder) {
  console.error("Usage: npm run screenshots -- FOLDER");
  process.exit(1);
}

await mkdir(folder, { recursive: true });
await withLongTable((address) => withBrowser(async (browser) => {
  await countViews(address);
  await searchIsReady(address);
  for (const [name, path] of Object.entries(PAGES)) {
    const shots = [];
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [PHONE, DESKTOP]) {
        shots.push(await shoot(browser, new URL(path, address), viewport, colorScheme));
      }
    }
    await writeFile(join(folder, `${name}.webp`), await montage(browser, shots));
    console.log(name);
  }
}));

// Counts views, because the statistics of a portal without readers are empty.
async function countViews(address) {
  for (let number = 0; number < 60; number++) {
    const path = [PAGES.article, PAGES.table][number % 2].replace("/bai-viet/", "/api/visits/");
    const answer = await fetch(new URL(`${path}?visit=${number % 3 === 0}`, address), {
      method: "POST", headers: { "User-Agent": READER, "Sec-CH-UA": '"Chromium";v="153", "Not)A;Brand";v="99"' },
    });
    if (!answer.ok) {
      throw new Error(`A view was answered with ${answer.status}.`);
    }
  }
}

// The first search makes the portal build its index.
async function searchIsReady(address) {
  while (/đang lập chỉ mục/.test(await (await fetch(new URL(PAGES.search, address))).text())) {
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
}

async function shoot(browser, address, viewport, colorScheme) {
  const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.route("**/assets/reload.*", (route) => route.abort()); // reloads previews; readers do not get it
    await page.goto(address.href);
    await page.waitForFunction(allPicturesLoaded, null, { polling: 100 });
    return (await page.screenshot()).toString("base64");
  } finally {
    await context.close();
  }
}

// Lazy pictures below the viewport and a picture for print only are not loaded.
function allPicturesLoaded() {
  const isInView = (picture) =>
    picture.getClientRects().length > 0 && picture.getBoundingClientRect().top < innerHeight;
  return [...document.images].every((picture) => picture.complete || !isInView(picture));
}

// Uses Chromium to combine the pictures and to encode WebP, which Playwright cannot.
async function montage(browser, [phoneLight, desktopLight, phoneDark, desktopDark]) {
  const image = (data, width) => `<img src="data:image/png;base64,${data}" width="${width}">`;
  const wide = DESKTOP.width * DESKTOP_SCALE;
  const page = await browser.newPage({ viewport: { width: 1640, height: PHONE.height + 20 } });
  await page.setContent(`<style>
      body { display: flex; gap: 10px; margin: 10px; background: #888; align-items: start; }
      div { display: grid; gap: 10px; }
    </style>${image(phoneLight, PHONE.width)}${image(phoneDark, PHONE.width)}
    <div>${image(desktopLight, wide)}${image(desktopDark, wide)}</div>`);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await page.close();
  return Buffer.from(data, "base64");
}
