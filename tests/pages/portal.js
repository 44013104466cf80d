// Runs the portal on a free port of this machine, with the samples or with a folder of articles.
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { longTable } from "./long-table.js";

// Settings that LocalHost uses for its samples, but not for a folder of articles.
const CONTACT = {
  Contact__Body: "Ủy ban nhân dân xã Phúc Thuận",
  Contact__Person: "Chủ tịch Ủy ban nhân dân xã",
  Contact__Address: "Xã Phúc Thuận, tỉnh Thái Nguyên",
  Contact__Hours: "7 giờ 30 – 11 giờ 30 và 13 giờ – 17 giờ, từ thứ Hai đến thứ Sáu",
  Contact__Phones: "Bộ phận Một cửa: 0208 0000 000 | Công an: 113 | Cứu hỏa: 114 | Cấp cứu: 115",
  Contact__Email: "vanphong@phucthuan.example.vn",
};

const HOST = fileURLToPath(new URL("../../functions/PhucThuan.LocalHost", import.meta.url));

// Runs the action with the portal's base address, then ends the portal.
export async function withPortal(articles, action) {
  const data = await mkdtemp(join(tmpdir(), "phucthuan-data-"));
  const options = ["--port", "0", "--data", data, ...(articles ? ["--articles", articles] : [])];
  const portal = spawn("dotnet", ["run", "--project", HOST, "--", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...CONTACT, ...process.env },
    detached: true, // a separate process group, because dotnet run does not forward signals
  });
  const ended = new Promise((resolve) => portal.on("exit", resolve));
  try {
    await action(await addressOf(portal, ended));
  } finally {
    process.kill(-portal.pid, "SIGTERM");
    await ended;
    await rm(data, { recursive: true });
  }
}

// The samples and an article with a table of 700 rows.
export async function withLongTable(action) {
  const folder = await mkdtemp(join(tmpdir(), "phucthuan-articles-"));
  try {
    await cp(join(HOST, "samples"), folder, { recursive: true });
    await writeFile(join(folder, "danh-sach-ho-duoc-ho-tro-giong-che.html"), longTable());
    await withPortal(folder, action);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function addressOf(portal, ended) {
  return new Promise((resolve, reject) => {
    let output = "";
    portal.stdout.on("data", (text) => {
      output += text;
      const ready = /^Ready: (\S+)/m.exec(output);
      if (ready) {
        resolve(ready[1]);
      }
    });
    ended.then(() => reject(new Error("The portal ended before it was ready:\n" + output)));
  });
}
