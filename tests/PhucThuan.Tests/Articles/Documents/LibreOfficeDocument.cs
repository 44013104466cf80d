namespace PhucThuan.Tests.Articles.Documents;

/// <summary>
/// A document of a commune in LibreOffice's single-file format (Flat ODF). It contains everything that an export
/// easily loses or leaks.
/// </summary>
internal static class LibreOfficeDocument
{
    public static string Make(byte[] picture) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
          xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
          xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
          xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
          xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
          xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
          xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
          xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
          office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
        <office:meta><meta:initial-creator>Admin</meta:initial-creator><meta:creation-date
          >2019-04-02T08:00:00</meta:creation-date><dc:creator>Admin</dc:creator></office:meta>
        <office:styles>
          <style:style style:name="Standard" style:family="paragraph"/>
          <style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard">
            <style:text-properties fo:font-size="20pt" fo:font-weight="bold"/></style:style>
          <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
            style:default-outline-level="1"><style:text-properties fo:font-weight="bold"/></style:style>
          <style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"
            style:default-outline-level="2"><style:text-properties fo:font-weight="bold"/></style:style>
          <style:style style:name="Caption" style:family="paragraph"/>
          <style:style style:name="Footnote" style:family="paragraph"/>
          <text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1"
            text:bullet-char="•"/><text:list-level-style-bullet text:level="2" text:bullet-char="-"/></text:list-style>
          <text:list-style style:name="Num"><text:list-level-style-number text:level="1" style:num-format="1"
            style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a"
            style:num-suffix=")"/></text:list-style>
        </office:styles>
        <office:automatic-styles>
          <style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
          <style:style style:name="HID" style:family="text"><style:text-properties text:display="none"/></style:style>
          <style:style style:name="fr1" style:family="graphic"/>
          <style:style style:name="C" style:family="table-cell"><style:table-cell-properties
            fo:border="0.05pt solid #000000"/></style:style>
          <style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm"
            fo:page-height="29.7cm"/><style:header-style/><style:footer-style/></style:page-layout>
        </office:automatic-styles>
        <office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header>
          <text:p>TÀI LIỆU NỘI BỘ</text:p></style:header><style:footer><text:p>NỘI BỘ</text:p></style:footer>
          </style:master-page></office:master-styles>
        <office:body><office:text>
        <text:tracked-changes>
          <text:changed-region text:id="ct1"><text:deletion><office:change-info><dc:creator>Trưởng phòng</dc:creator>
            <dc:date>2026-11-20T08:00:00</dc:date></office:change-info><text:p>BỊ XÓA KHI DUYỆT</text:p>
            </text:deletion></text:changed-region>
          <text:changed-region text:id="ct2"><text:insertion><office:change-info><dc:creator>Trưởng phòng</dc:creator>
            <dc:date>2026-11-20T08:00:00</dc:date></office:change-info></text:insertion></text:changed-region>
        </text:tracked-changes>
        <text:p text:style-name="Title">Kế hoạch chăm sóc vườn chè vụ đông</text:p>
        <text:p text:style-name="Standard">Bà con <text:span text:style-name="B">chăm sóc</text:span
          > vườn chè đúng kỹ thuật.<text:span text:style-name="HID"> CHỮ ẨN</text:span><text:change
          text:change-id="ct1"/><text:change-start text:change-id="ct2"/> Câu mới thêm.<text:change-end
          text:change-id="ct2"/><office:annotation><dc:creator>Trưởng phòng</dc:creator><dc:date
          >2026-11-20T08:30:00</dc:date><text:p>LỜI BÌNH</text:p></office:annotation> Chú thích<text:note
          text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p
          text:style-name="Footnote">Theo hướng dẫn của trạm khuyến nông.</text:p></text:note-body></text:note
          >.</text:p>
        <text:h text:style-name="Heading_20_1" text:outline-level="1">Việc cần làm</text:h>
        <text:list text:style-name="Dots"><text:list-item><text:p>Tưới nước</text:p><text:list><text:list-item><text:p
          >Sáng sớm</text:p></text:list-item><text:list-item><text:p>Chiều mát</text:p></text:list-item></text:list>
          </text:list-item><text:list-item><text:p>Bón phân</text:p></text:list-item></text:list>
        <text:h text:style-name="Heading_20_2" text:outline-level="2">Thứ tự thực hiện</text:h>
        <text:list text:style-name="Num"><text:list-item><text:p>Bước một</text:p></text:list-item><text:list-item>
          <text:p>Bước hai</text:p><text:list><text:list-item><text:p>điểm a</text:p></text:list-item><text:list-item>
          <text:p>điểm b</text:p></text:list-item></text:list></text:list-item></text:list>
        <table:table table:name="T1"><table:table-column table:number-columns-repeated="3"/>
          <table:table-row><table:table-cell table:style-name="C"><text:p>Xóm</text:p></table:table-cell>
            <table:table-cell table:style-name="C" table:number-columns-spanned="2"><text:p>Diện tích</text:p>
            </table:table-cell><table:covered-table-cell/></table:table-row>
          <table:table-row><table:table-cell table:style-name="C" table:number-rows-spanned="2"><text:p
            >Hàng Cau</text:p></table:table-cell><table:table-cell table:style-name="C"><text:p>12</text:p>
            </table:table-cell><table:table-cell table:style-name="C"><text:p>vụ đông</text:p></table:table-cell>
            </table:table-row>
          <table:table-row><table:covered-table-cell/><table:table-cell
            table:style-name="C"><text:p>15</text:p></table:table-cell><table:table-cell
            table:style-name="C"><text:p>vụ xuân</text:p></table:table-cell></table:table-row>
        </table:table>
        <text:p text:style-name="Standard"><draw:frame draw:name="Anh1" draw:style-name="fr1"
          text:anchor-type="as-char" svg:width="12cm" svg:height="6.75cm"><draw:image><office:binary-data
          >{Convert.ToBase64String(picture)}</office:binary-data></draw:image><svg:desc>Đồi chè</svg:desc></draw:frame
          ></text:p>
        <text:p text:style-name="Caption">Hình 1. Đồi chè buổi sớm</text:p>
        <text:p text:style-name="Standard"><text:a xlink:href="https://example.vn/huong-dan"
          xlink:type="simple">Xem hướng dẫn</text:a></text:p>
        </office:text></office:body></office:document>
        """;
}
