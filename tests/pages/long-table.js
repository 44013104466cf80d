// An article with a table of 700 rows and 12 columns, as a commune publishes lists of households.
const ROWS = 700;
const COLUMNS = [
  "STT", "Họ và tên chủ hộ", "Năm sinh", "Xóm", "Diện tích (m²)", "Giống chè", "Số lượng (bầu)", "Đơn giá (đồng)",
  "Thành tiền (đồng)", "Ngày nhận", "Giờ nhận", "Ghi chú",
];
const NAMES = ["Nguyễn Thị Hồ Điệp", "Trần Văn Bảo", "Lê Thị Tươi", "Dương Văn Sơn", "Hoàng Thị Mai", "Phạm Đình Lộc"];
const VILLAGES = ["Gò Mận", "Cây Thị", "Bến Đá", "Suối Trong", "Đồng Sim", "Đồi Cọ"];
const KINDS = ["LDP1", "Kim Tuyên", "Phúc Vân Tiên"];
const PRICE = 1200;

const number = (value) => value.toLocaleString("vi-VN");

function row(index) {
  const amount = 1000 + (index * 373) % 9000;
  const cells = [
    index + 1, NAMES[index % NAMES.length], 1950 + (index * 7) % 50, VILLAGES[index % VILLAGES.length],
    number(500 + (index * 211) % 9000), KINDS[index % KINDS.length],
    number(amount), number(PRICE), number(amount * PRICE),
    `${String(1 + index % 28).padStart(2, "0")}/12/2026`, index % 2 ? "7 giờ 30 – 9 giờ" : "13 giờ 30 – 15 giờ",
    index % 9 ? "" : "Hộ nghèo",
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

export const longTable = () => `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Danh sách hộ được hỗ trợ giống chè năm 2026</title>
<meta name="date" content="2026-11-19T08:00:00+07:00"><meta name="category" content="Thông báo">
<meta name="description" content="Danh sách ${ROWS} hộ, ngày giờ nhận giống ở nhà văn hóa xóm.">
</head><body><article>
<p>Ủy ban nhân dân xã công bố danh sách các hộ được hỗ trợ giống chè. Bà con kiểm tra thông tin và báo lại nếu có sai
sót.</p>
<table><caption>Danh sách các hộ dân được hỗ trợ giống chè LDP1, Kim Tuyên và Phúc Vân Tiên trong vụ xuân và vụ thu
năm 2026</caption>
<thead><tr>${COLUMNS.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>
<tbody>
${Array.from({ length: ROWS }, (_, index) => row(index)).join("\n")}
</tbody></table>
</article></body></html>
`;
