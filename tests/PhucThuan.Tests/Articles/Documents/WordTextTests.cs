using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>Which content of a Word document becomes text of its article, and which is never published.</summary>
[Fast]
public sealed class WordTextTests
{
    private static readonly DateTimeOffset Uploaded = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Fact]
    public void A_document_becomes_an_article_and_the_generated_author_is_ignored()
    {
        var file = new WordFile("""
            <w:p><w:pPr><w:pStyle w:val="Tiu"/></w:pPr><w:r><w:t>Lễ khánh thành</w:t></w:r></w:p>
            <w:p><w:pPr><w:pStyle w:val="u1"/></w:pPr><w:r><w:t>Phần một</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">Sáng nay, </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bà con</w:t></w:r>
              <w:r><w:rPr><w:i w:val="0"/></w:rPr><w:t> xã</w:t></w:r>
              <w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>
              <w:r><w:rPr><w:strike/></w:rPr><w:t>bỏ</w:t></w:r>
              <w:r><w:br/><w:t>dòng hai</w:t><w:tab/><w:t>cuối</w:t></w:r></w:p>
            """)
            .Styles("""
                <w:style w:type="paragraph" w:default="1" w:styleId="Chun"><w:name w:val="Normal"/></w:style>
                <w:style w:type="paragraph" w:styleId="Tiu"><w:name w:val="Title"/><w:rPr><w:b/></w:rPr></w:style>
                <w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
                """)
            .Properties("Tiêu đề của mẫu cũ", "Admin", "2014-05-01T00:00:00Z");

        var article = Parse(file);

        Assert.Equal(
            new ArticleSummary("bai", "Lễ khánh thành", Uploaded, Uploaded, null, null, null, null), article.Summary);
        Assert.Equal(
            "<h2>Phần một</h2>\n<p>Sáng nay, <b>bà con</b> xã<sup>2</sup><s>bỏ</s><br>dòng hai cuối</p>", article.Body);
        Assert.Empty(article.Remarks);
    }

    [Theory]
    [InlineData("<w:del w:author='Anh Trần'><w:r><w:delText>BÍ MẬT</w:delText></w:r></w:del>")]
    [InlineData("<w:moveFrom w:author='Anh Trần'><w:r><w:t>BÍ MẬT</w:t></w:r></w:moveFrom>")]
    [InlineData("<w:ins w:author='A'><w:del w:author='B'><w:r><w:delText>BÍ MẬT</w:delText></w:r></w:del></w:ins>")]
    [InlineData("<w:r><w:rPr><w:vanish/></w:rPr><w:t>BÍ MẬT</w:t></w:r>")]
    [InlineData("<w:r><w:rPr><w:rStyle w:val='An'/></w:rPr><w:t>BÍ MẬT</w:t></w:r>")]
    [InlineData("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>BÍ MẬT</w:t></w:r>")]
    [InlineData("<w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>BÍ MẬT</w:t></w:r>")]
    [InlineData("<w:r><w:rPr><w:color w:val='ffffff' w:themeColor='background1'/></w:rPr><w:t>BÍ MẬT</w:t></w:r>")]
    [InlineData("<w:r><w:rPr><w:sz w:val='2'/></w:rPr><w:t>BÍ MẬT</w:t></w:r>")]
    [InlineData("<w:fldSimple w:instr=' AUTHOR \\* MERGEFORMAT '><w:r><w:t>BÍ MẬT</w:t></w:r></w:fldSimple>")]
    [InlineData("<w:fldSimple w:instr='FILENAME \\p'><w:r><w:t>BÍ MẬT</w:t></w:r></w:fldSimple>")]
    [InlineData(
        "<w:commentRangeStart w:id='0'/><w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>")]
    [InlineData(
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>BÍ MẬT</w:t></w:r></w:sdtContent></w:sdt>"
    )]
    [InlineData(
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>INCLUDETEXT \"BÍ MẬT\"</w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r>")]
    [InlineData(
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r><w:r>"
            + "<w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>BÍ MẬT</w:t></w:r><w:r><w:fldChar "
            + "w:fldCharType='end'/></w:r>")]
    public void Deleted_and_hidden_text_and_comments_are_not_published(string hidden)
    {
        var body = Parse(new WordFile($"<w:p><w:r><w:t>Trước</w:t></w:r>{hidden}<w:r><w:t>, sau</w:t></w:r></w:p>")
            .Styles(
                "<w:style w:type='character' w:styleId='An'><w:name w:val='An'/><w:rPr><w:vanish/></w:rPr></w:style>")
            .Header("<w:p><w:r><w:t>BÍ MẬT</w:t></w:r></w:p>")
            .Comments(
                "<w:comment w:id='0' w:author='Anh Trần'><w:p><w:r><w:t>BÍ MẬT</w:t></w:r></w:p></w:comment>")).Body;

        Assert.Equal("<p>Trước, sau</p>", body);
    }

    [Theory]
    [InlineData("<w:p><w:r><w:rPr>{0}<w:shd w:val='clear' w:fill='006633'/></w:rPr><w:t>Chữ</w:t></w:r></w:p>")]
    [InlineData("<w:p><w:r><w:rPr>{0}<w:highlight w:val='green'/></w:rPr><w:t>Chữ</w:t></w:r></w:p>")]
    [InlineData(
        "<w:p><w:pPr><w:shd w:val='clear' w:fill='006633'/></w:pPr><w:r><w:rPr>{0}</w:rPr><w:t>Chữ</w:t></w:r></w:p>")]
    [InlineData(
        "<w:tbl><w:tblPr><w:tblStyle w:val='Luoi'/></w:tblPr><w:tr><w:tc><w:p><w:r><w:rPr>{0}</w:rPr><w:t>Chữ</w:t>"
            + "</w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>")]
    [InlineData(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val='clear' w:fill='006633'/></w:tcPr><w:p><w:r><w:rPr>{0}</w:rPr>"
            + "<w:t>Chữ</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>")]
    public void White_text_on_a_coloured_background_is_published(string block) => Assert.Contains(
        "Chữ",
        Parse(new WordFile(block.Replace("{0}", "<w:color w:val='FFFFFF'/>", StringComparison.Ordinal)
            + "<w:p><w:r><w:t>Hết</w:t></w:r></w:p>")).Body,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("<w:p><w:pPr><w:pStyle w:val='An'/></w:pPr><w:r><w:t>BÍ MẬT</w:t></w:r></w:p>")]
    [InlineData(
        "<w:tbl><w:tr><w:trPr><w:del w:author='A'/></w:trPr><w:tc><w:p><w:r><w:t>BÍ MẬT</w:t></w:r></w:p></w:tc>"
            + "</w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")]
    [InlineData(
        "<w:moveFromRangeStart w:id='1'/><w:p><w:pPr><w:rPr><w:moveFrom w:author='A'/></w:rPr></w:pPr><w:moveFrom>"
            + "<w:r><w:t>BÍ MẬT</w:t></w:r></w:moveFrom></w:p><w:moveFromRangeEnd w:id='1'/>")]
    public void Hidden_blocks_are_not_published(string block)
    {
        var body = Parse(
            new WordFile(block + "<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>").Styles(
                "<w:style w:type='paragraph' w:styleId='An'><w:name w:val='An'/><w:rPr><w:vanish/></w:rPr></w:style>")
        ).Body;

        Assert.DoesNotContain("BÍ MẬT", body, StringComparison.Ordinal);
        Assert.Contains("<p>Chữ</p>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<w:ins w:author='A'><w:r><w:t>thêm</w:t></w:r></w:ins>", "thêm")]
    [InlineData("<w:moveTo w:author='A'><w:r><w:t>chuyển tới</w:t></w:r></w:moveTo>", "chuyển tới")]
    [InlineData(
        "<w:smartTag w:uri='u' w:element='place'><w:smartTagPr/><w:r><w:t>Phúc Thuận</w:t></w:r></w:smartTag>",
        "Phúc Thuận")]
    [InlineData("<w:customXml w:element='a'><w:r><w:t>chữ</w:t></w:r></w:customXml>", "chữ")]
    [InlineData("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>ngày 20</w:t></w:r></w:sdtContent></w:sdt>", "ngày 20")]
    [InlineData("<w:fldSimple w:instr='DATE'><w:r><w:t>20/11</w:t></w:r></w:fldSimple>", "20/11")]
    [InlineData("<w:r><w:t>a</w:t></w:r><w:r><w:noBreakHyphen/></w:r><w:r><w:t>b</w:t></w:r>", "a‑b")]
    [InlineData(
        "<w:hyperlink r:id='l1'><w:r><w:t>Xem</w:t></w:r></w:hyperlink>",
        "<a href=\"https://example.vn/a?b=1\">Xem</a>")]
    [InlineData(
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText xml:space='preserve'> HYPERLINK "
            + "\"https://example.vn/\" \\o \"mẹo\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/>"
            + "</w:r><w:r><w:t>Xem</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t> nhé</w:t></w:r>",
            "<a href=\"https://example.vn/\">Xem</a> nhé")]
    [InlineData(
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='1'/></w:checkBox></w:ffData>"
            + "</w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar "
            + "w:fldCharType='end'/></w:r>", "☑")]
    [InlineData(
        "<w:r><w:rPr><w:b/></w:rPr><w:t>đậ</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/><w:lang "
            + "w:val='vi-VN'/></w:rPr><w:t>m</w:t></w:r>", "<b>đậm</b>")]
    [InlineData(
        "<m:oMath><m:r><m:t>S=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
            + "</m:den></m:f><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
            + "</m:oMath>", "S=(a+b)/2x<sup>2</sup>")]
    public void Visible_content_is_kept(string content, string html) =>
        Assert.Equal(
            $"<p>Chữ {html}</p>",
            Parse(
                new WordFile($"<w:p><w:r><w:t xml:space='preserve'>Chữ </w:t></w:r>{content}</w:p>")
                    .Link("l1", "https://example.vn/a?b=1")).Body);

    [Fact]
    public void A_paragraph_whose_end_mark_was_deleted_joins_the_next() => Assert.Equal(
        "<p>Một hai.</p>\n<p>Ba</p>",
        Parse(new WordFile("""
            <w:p><w:pPr><w:rPr><w:del w:author="A"/></w:rPr></w:pPr>
              <w:r><w:t xml:space="preserve">Một </w:t></w:r></w:p>
            <w:p><w:r><w:t>hai.</w:t></w:r></w:p>
            <w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>B</w:t></w:r></w:p>
            <w:p><w:r><w:t>a</w:t></w:r></w:p>
            """)).Body);

    [Fact]
    public void A_text_box_appears_once()
    {
        const string Box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>";
        Assert.Equal("<p>Đoạn</p>\n<p>Trong khung</p>", Parse(new WordFile(
            "<w:p><w:r><w:t>Đoạn</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
                + "<a:graphic><a:graphicData uri='u'><wps:wsp><wps:txbx>"
            + $"{Box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
            + $"<mc:Fallback><w:pict><v:shape><v:textbox>{Box}</v:textbox></v:shape></w:pict>"
            + "</mc:Fallback></mc:AlternateContent></w:r></w:p>")).Body);
    }

    [Fact]
    public void Footnotes_and_endnotes_follow_the_text_and_link_back()
    {
        var body = Parse(
            new WordFile(
                "<w:p><w:r><w:t>Một</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t> hai</w:t></w:r>"
                    + "<w:r><w:endnoteReference w:id='2'/></w:r></w:p>")
            .Footnotes(
                "<w:footnote w:type='separator' w:id='0'><w:p/></w:footnote><w:footnote w:id='2'><w:p><w:r>"
                    + "<w:footnoteRef/><w:t>Theo trạm khuyến nông.</w:t></w:r></w:p></w:footnote>")
            .Endnotes("<w:endnote w:id='2'><w:p><w:r><w:t>Cuối bài.</w:t></w:r></w:p></w:endnote>")).Body;

        Assert.Equal(
            string.Join(
                '\n',
                """<p>Một<sup><a href="#bai-_ftn1" id="bai-_ftn1ref">1</a></sup> hai<sup>"""
                    + """<a href="#bai-_edn1" id="bai-_edn1ref">i</a></sup></p>""",
                """<hr><p><a href="#bai-_ftn1ref" id="bai-_ftn1">1</a> Theo trạm khuyến nông.</p>""",
                """<p><a href="#bai-_edn1ref" id="bai-_edn1">i</a> Cuối bài.</p>"""),
            body);
    }

    [Fact]
    public void A_small_table_at_the_top_is_metadata_and_not_text()
    {
        static string Row(string key, string value) =>
            $"<w:tr><w:tc><w:p><w:r><w:t>{key}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{value}</w:t></w:r></w:p>"
                + $"</w:tc></w:tr>";

        var article = Parse(new WordFile(
            $"<w:p/><w:tbl>"
                + $"{Row("Tiêu đề:", "Thông báo nghỉ lễ")}{Row("NGÀY ĐĂNG", "20/11/2026 07:30")}"
                + $"{Row("Tác giả", "Ban Biên tập")}{Row("Chuyên mục", "Thông báo")}{Row("Duyệt", "BÍ MẬT")}</w:tbl>"
            + $"<w:p><w:r><w:t>Chữ</w:t></w:r></w:p><w:tbl>{Row("Số", "12")}</w:tbl>"));

        Assert.Equal(
            ("Thông báo nghỉ lễ", "Ban Biên tập", "Thông báo"),
            (article.Summary.Title, article.Summary.Author, article.Summary.Category));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 7, 30, 0, TimeSpan.FromHours(7)), article.Summary.Published);
        Assert.DoesNotContain("BÍ MẬT", article.Body, StringComparison.Ordinal);
        Assert.Contains("12", article.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Internal_links_lead_to_their_target() => Assert.Equal(
        """<p><a href="#bai-muc">Xem mục</a></p>""" + "\n" + """<p><a id="bai-muc"></a>Mục</p>""",
        Parse(
            new WordFile(
                "<w:p><w:hyperlink w:anchor='muc'><w:r><w:t>Xem mục</w:t></w:r></w:hyperlink></w:p><w:p>"
                    + "<w:bookmarkStart w:id='1' w:name='muc'/><w:bookmarkStart w:id='2' w:name='_GoBack'/><w:r><w:t>"
                    + "Mục</w:t></w:r></w:p>")).Body);

    private Article Parse(WordFile file) => _parser.Parse(ArticleName.Of("bai.docx")!, file.ToBytes(), Uploaded);
}
