using System.Text;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Documents;

/// <summary>Articles in Markdown and in plain text.</summary>
[Fast]
public sealed class TextDocumentTests
{
    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    [Fact]
    public void Front_matter_is_metadata_in_Vietnamese_and_in_English()
    {
        var article = Parse("bai.md", """
            ---
            Tiêu đề: Thông báo: nghỉ lễ
            Ngày đăng: 20/11/2026 07:30   # giờ Việt Nam
            author: "Ban \"Biên tập\""
            categories: [Tin tức]
            tags:
              - chè
              - xuân
            ---

            # Phần một

            Chữ **đậm**, ~~bỏ~~ [bài khác](Bài%20khác.html)[^1] <script>x</script>

            | a | b |
            |---|---|
            | 1 | 2 |

            - [x] xong

            [^1]: Lời chú.
            """);

        Assert.Equal(
            ("Thông báo: nghỉ lễ", "Ban \"Biên tập\"", "Tin tức", "chè, xuân"),
            (article.Summary.Title, article.Summary.Author, article.Summary.Category, article.Keywords));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 7, 30, 0, TimeSpan.FromHours(7)), article.Summary.Published);
        Assert.Contains(
            "Chữ <strong>đậm</strong>, <del>bỏ</del> <a href=\"/bai-viet/bai-khac\">bài khác</a><a", article.Body,
            StringComparison.Ordinal);
        Assert.Matches("<td[^>]*>1</td>", article.Body);
        Assert.Contains("☑ xong", article.Body, StringComparison.Ordinal);
        Assert.Contains("Lời chú.", article.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("script", article.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bai.txt")]
    [InlineData("bai.md")]
    public void Metadata_at_the_top_needs_no_fence(string name)
    {
        var article = Parse(
            name, "Tiêu đề: Họp dân: xóm Cau\nNgày đăng: 24/12/2026 07:30\nTác giả: Lê Hoa\n\nNội dung: bàn về chè.\n");

        Assert.Equal(("Họp dân: xóm Cau", "Lê Hoa"), (article.Summary.Title, article.Summary.Author));
        Assert.Equal(new DateTimeOffset(2026, 12, 24, 7, 30, 0, TimeSpan.FromHours(7)), article.Summary.Published);
        Assert.Equal("<p>Nội dung: bàn về chè.</p>", article.Body.Trim());
    }

    [Fact]
    public void Lines_with_colons_below_a_heading_are_text() => Assert.Contains(
        "Ngày: 24/12/2026", Parse("bai.txt", "HỌP DÂN\nNgày: 24/12/2026\nNguồn: quỹ xóm\n\nChữ.\n").Body,
        StringComparison.Ordinal);

    [Fact]
    public void An_unreadable_date_at_the_top_withholds_the_article() => Assert.Contains(
        "32/13/2026",
        Assert.Throws<NotAnArticleException>(
            () => Parse("bai.txt", "Tiêu đề: Họp dân\nNgày đăng: 32/13/2026\n\nChữ.\n")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("# Lễ khánh thành\n\nChữ", "Lễ khánh thành", "<p>Chữ</p>")]
    [InlineData("---\n\nHai vạch\n\n---\n\nChữ", "bai", "<hr>\n<h2>Hai vạch</h2>")]
    [InlineData("+++\ntitle = \"Tin\"\n+++\nChữ", "Tin", "<p>Chữ</p>")]
    public void Markdown_with_and_without_front_matter(string text, string title, string body)
    {
        var article = Parse("bai.md", text);

        Assert.Equal(title, article.Summary.Title);
        Assert.StartsWith(body.Split('\n')[0], article.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\ntitle: a\ndraft: true\n---\nChữ")]
    [InlineData("---\ntitle: a\npublished: false\n---\nChữ")]
    public void A_draft_is_withheld(string text) =>
        Assert.Contains(
            "bản nháp", Assert.Throws<NotAnArticleException>(() => Parse("bai.md", text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Plain_text_has_a_title_paragraphs_lists_and_verse()
    {
        var article = Parse("bai.txt", """
            Lễ hội đình làng
            ================

            Bà con đi hội rất đông, nhiều người từ các xã bên cạnh cũng tới
            xem rước kiệu và các trò chơi dân gian trong suốt cả ngày hội.

            Chương trình:
            - Sáng: rước kiệu
              từ đình ra đền
              + Đội nam
              + Đội nữ
            - Chiều: kéo co

            1. Một
            2. Hai

            Trong đầm gì đẹp bằng sen,
            Lá xanh bông trắng < lại chen nhị vàng.
            """);

        Assert.Equal("Lễ hội đình làng", article.Summary.Title);
        Assert.Equal(
            string.Join(
                '\n',
                "<p>Bà con đi hội rất đông, nhiều người từ các xã bên cạnh cũng tới xem rước kiệu và các trò chơi"
                    + " dân gian trong suốt cả ngày hội.</p>",
                "<p>Chương trình:</p>",
                "<ul><li>Sáng: rước kiệu từ đình ra đền<ul><li>Đội nam</li><li>Đội nữ</li></ul></li>"
                    + "<li>Chiều: kéo co</li></ul>",
                "<ol><li>Một</li><li>Hai</li></ol>",
                "<p>Trong đầm gì đẹp bằng sen,<br>Lá xanh bông trắng &lt; lại chen nhị vàng.</p>"),
            article.Body.Replace(" start=\"1\"", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Plain_text_in_UTF_16_is_read()
    {
        var article = _parser.Parse(
            ArticleName.Of("Bài.TXT")!, Encoding.Unicode.GetPreamble()
                .Concat(Encoding.Unicode.GetBytes("Lễ hội\r\n\r\nChữ")).ToArray(), default);

        Assert.Equal(("Lễ hội", "<p>Chữ</p>"), (article.Summary.Title, article.Body));
    }

    private Article Parse(string name, string text) =>
        _parser.Parse(ArticleName.Of(name)!, Encoding.UTF8.GetBytes(text), default);
}
