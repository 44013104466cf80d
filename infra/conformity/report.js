// The report as a single page without scripts, for print or archive.
const RESULTS = { met: "Đạt", unmet: "Chưa đạt", unknown: "Không kiểm được", person: "Cần người xem" };
const STYLE = `
  body { font: 1rem/1.5 sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1c211d; }
  table { border-collapse: collapse; width: 100%; }
  th, td {
    border: 1px solid #b8c0ba; padding: .4rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere;
  }
  .unmet { font-weight: bold; }`;

export function toHtml(report) {
  const count = (result) => report.results.filter((rule) => rule.result === result).length;
  const counts = Object.keys(RESULTS).map((result) => `${RESULTS[result].toLowerCase()} ${count(result)}`).join(", ");
  return `<!DOCTYPE html>
<html lang="vi">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Báo cáo đối chiếu ${escape(report.address)}</title>
  <style>${STYLE}</style>
</head>
<body>
  <h1>Báo cáo đối chiếu cổng thông tin</h1>
  <p>Cổng: ${escape(report.address)}. Kiểm lúc ${escape(toTime(report.checked))} (giờ Việt Nam), từ ngoài vào, như một
    độc giả. Kết quả: ${counts}.</p>
  <p>Mỗi dòng là điều mà nguồn nêu tên <strong>mong đợi</strong>, không phải kết luận về pháp lý.
    ${escape(report.note)}</p>
  <table>
    <thead><tr><th>Điều kiểm</th><th>Mong đợi</th><th>Kết quả</th><th>Bằng chứng</th><th>Nguồn</th></tr></thead>
    <tbody>
${report.results.map(toRow).join("\n")}
    </tbody>
  </table>
  <p>Nguồn thu thập ngày ${escape(report.collected)}. ${Object.entries(report.kinds)
    .map(([kind, meaning]) => `“${escape(kind)}”: ${escape(meaning)}`).join("; ")}.</p>
</body>
</html>
`;
}

function toRow(rule) {
  return `      <tr><td>${escape(rule.title)}</td><td>${escape(rule.expected)}</td>`
    + `<td class="${rule.result}">${RESULTS[rule.result]}</td><td>${escape(rule.evidence)}</td>`
    + `<td>${escape(rule.source)} (${escape(rule.date)}, ${escape(rule.kind)})</td></tr>`;
}

function toTime(iso) {
  return new Date(iso).toLocaleString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
}

function escape(text) {
  return String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
