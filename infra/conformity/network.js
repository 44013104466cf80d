// Checks without a browser. A check returns its result (met, unmet, unknown or person) and evidence in Vietnamese.
import { resolve6 } from "node:dns/promises";
import { isIP } from "node:net";
import { connect } from "node:tls";

const OLDEST_TLS = ["TLSv1.2", "TLSv1.3"];
const DAYS_LEFT = 7;
const HEADERS = [
  "content-security-policy", "x-content-type-options", "referrer-policy", "strict-transport-security",
];

export const met = (evidence) => ({ result: "met", evidence });
export const unmet = (evidence) => ({ result: "unmet", evidence });
export const when = (isMet, evidence) => (isMet ? met(evidence) : unmet(evidence));

const isNamed = (address) => !isIP(new URL(address).hostname.replace(/^\[|\]$/g, ""))
  && new URL(address).hostname !== "localhost";
const unnamed = (address) => ({ result: "unknown", evidence: `${new URL(address).hostname} không phải tên miền` });

export async function https(_, address) {
  const { protocol, hostname, port } = new URL(address);
  if (protocol !== "https:") {
    return unmet("địa chỉ dùng http");
  }
  const { version, days } = await readCertificate(hostname, Number(port) || 443);
  const plain = await fetch(`http://${hostname}/`, { redirect: "manual" }).catch(() => null);
  const leads = !plain || (plain.status >= 300 && (plain.headers.get("location") || "").startsWith("https:"));
  return when(
    OLDEST_TLS.includes(version) && days > DAYS_LEFT && leads,
    `${version}, chứng thư còn ${Math.floor(days)} ngày, http ${leads ? "không mở hoặc chuyển sang https" : "vẫn mở"}`);
}

export async function headers(_, address) {
  const response = await fetch(address);
  const missing = HEADERS.filter((name) => !response.headers.has(name));
  return when(missing.length === 0, missing.length ? `thiếu ${missing.join(", ")}` : `có ${HEADERS.join(", ")}`);
}

export async function ipv6(_, address) {
  if (!isNamed(address)) {
    return unnamed(address);
  }
  const found = await resolve6(new URL(address).hostname).catch(() => []);
  return when(found.length > 0, found.length ? `địa chỉ ${found[0]}` : "tên miền không có bản ghi AAAA");
}

export async function domain(_, address) {
  return isNamed(address)
    ? when(new URL(address).hostname.endsWith(".vn"), new URL(address).hostname)
    : unnamed(address);
}

export async function dataLocation() {
  return { result: "person", evidence: "không thấy được từ bên ngoài; hỏi nơi vận hành cổng" };
}

function readCertificate(host, port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: host, timeout: 15_000 }, () => {
      const days = (Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / 86_400_000;
      resolve({ version: socket.getProtocol(), days });
      socket.end();
    });
    socket.on("timeout", () => socket.destroy(new Error("máy chủ không trả lời")));
    socket.on("error", reject);
  });
}
