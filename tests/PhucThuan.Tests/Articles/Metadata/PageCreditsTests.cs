namespace PhucThuan.Tests.Articles.Metadata;

/// <summary>The lines of a saved page that give its author, its date and its copyright.</summary>
[Fast]
public sealed class PageCreditsTests
{
    private const string Text =
        "<p>Sáng nay bà con các xóm ra quân dọn vệ sinh đường làng, khơi thông cống rãnh, trồng thêm hoa hai bên "
            + "đường.</p>";

    [Theory]
    [InlineData("<p>30/10/2026 09:15 | bởi Lê Thị Hoa</p>")]
    [InlineData("<p>Bởi Lê Thị Hoa - 09:15, 30/10/2026</p>")]
    [InlineData(
        "<div class=entry-meta><span class=posted-on>Đăng ngày <time class='entry-date published' "
            + "datetime='2026-10-30T09:15:00+07:00'>30 Tháng Mười, 2026</time></span> <span class=byline>bởi "
            + "<a href=/t>Lê Thị Hoa</a></span></div>")]
    [InlineData(
        "<ul class=post-info><li>Đăng bởi: Lê Thị Hoa</li><li>Ngày đăng: 30/10/2026 09:15</li><li>Lượt xem: 1.205"
            + "</li><li>Chuyên mục: <a href=/tin>Tin tức</a></li></ul>")]
    [InlineData("<p>Thứ sáu - 30/10/2026 09:15</p><div>Người đăng: <b>Lê Thị Hoa</b> • 12 bình luận</div>")]
    [InlineData("<div><span>Được viết bởi</span><span>Lê Thị Hoa</span><span>30-10-2026, 9h15</span></div>")]
    [InlineData("<p class=meta>Posted by Lê Thị Hoa on <time datetime=2026-10-30T02:15Z>Oct 30, 2026</time></p>")]
    [InlineData("<small>30/10/2026 09:15</small><address>Tác giả: Lê Thị Hoa</address>")]
    [InlineData("<p class=author>Lê Thị Hoa</p><p class=date>30/10/2026 09:15</p>")]
    [InlineData("<div class='post-byline'>Lê Thị Hoa</div><time class=entry-date>09:15 30/10/2026</time>")]
    public void A_credit_line_below_the_title_sets_author_and_date_and_is_not_repeated(string lines)
    {
        var article = Page(lines + Text);

        Assert.Equal(("Lê Thị Hoa", Text), (article.Summary.Author, article.Body.Trim()));
        Assert.Equal(new DateTimeOffset(2026, 10, 30, 9, 15, 0, TimeSpan.FromHours(7)), article.Summary.Published);
    }

    [Fact]
    public void Title_block_and_notes_of_pandoc_are_separated_from_the_text()
    {
        var article = ParsedFile.Of("""
            <!DOCTYPE html><html lang="vi"><head><meta charset="utf-8" /><meta name="generator" content="pandoc" />
            <title>Họp dân xóm</title><style>code{white-space: pre-wrap;} div.columns{display: flex;}</style></head>
            <body><header id="title-block-header"><h1 class="title">Họp dân xóm</h1><p class="author">Lê Thị Hoa</p>
            <p class="date">20 tháng 11 năm 2026</p></header>
            <p>Chữ<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>.</p>
            <section id="footnotes" class="footnotes" role="doc-endnotes"><hr /><ol><li id="fn1"><p>Chú thích.<a
              href="#fnref1" class="footnote-back" role="doc-backlink">↩</a></p></li></ol></section></body></html>
            """);

        Assert.Equal(
            ("Họp dân xóm", "Lê Thị Hoa", 20),
            (article.Summary.Title, article.Summary.Author, article.Summary.Published.Day));
        Assert.Equal(
            """<p>Chữ<a href="#bai-fn1" id="bai-fnref1"><sup>1</sup></a>.</p><hr><ol><li id="bai-fn1">"""
                + """<p>Chú thích.<a href="#bai-fnref1">↩</a></p></li></ol>""",
            article.Body.Replace("\n", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bởi admin")]
    [InlineData("Đăng bởi: Administrator")]
    [InlineData("by Admin01")]
    [InlineData("Người đăng: quantri")]
    [InlineData("Bởi Quản trị viên")]
    [InlineData("Tác giả: nguyen.vana@example.vn")]
    [InlineData("bởi ubnd_phucthuan")]
    public void An_account_name_is_no_author_and_is_not_published(string credit)
    {
        var article = Page($"<p>30/10/2026 | {credit}</p>{Text}");

        Assert.Null(article.Summary.Author);
        Assert.Equal(Text, article.Body.Trim());
        Assert.Equal(30, article.Summary.Published.Day);
        ParsedFile.HasRemark(article, "tên tài khoản");
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("Quản trị")]
    [InlineData("webmaster")]
    public void An_account_in_the_metadata_is_no_author_either(string account)
    {
        var article = ParsedFile.Of($"<title>t</title><meta name=author content='{account}'>{Text}");

        Assert.Null(article.Summary.Author);
        ParsedFile.HasRemark(article, $"“{account}”");
        Assert.Equal(
            "Lê Thị Hoa",
            Page($"<p>bởi Lê Thị Hoa</p>{Text}", $"<meta name=author content='{account}'>").Summary.Author);
    }

    [Theory]
    [InlineData("<p>© Bản quyền thuộc về Báo Ví Dụ</p>")]
    [InlineData("<div>Bản quyền © 2026 UBND xã. All rights reserved.</div>")]
    [InlineData("<p>Copyright 2026 - Cổng thông tin</p><p>® Ghi rõ nguồn khi phát hành lại</p>")]
    [InlineData("<p><small>(c) 2026 Báo Ví Dụ, giữ bản quyền nội dung</small></p>")]
    public void The_copyright_line_of_a_site_is_removed(string line) =>
        Assert.Equal(Text, Page(Text + line).Body.Trim());

    [Theory]
    [InlineData("<p>Bức ảnh được chụp bởi Lê Hoa</p>")]
    [InlineData("<p>Lễ hội mở ngày 30/10/2026 tại sân vận động</p>")]
    [InlineData("<p>Bản quyền tác giả là gì?</p>")]
    [InlineData("<p>Bản quyền thuộc về ai?</p>")]
    [InlineData("<p>(c) Hộ có người khuyết tật được miễn phí.</p>")]
    [InlineData("<p>Tác giả Lê Hoa vừa ra mắt tập thơ mới, được bạn đọc đón nhận.</p>")]
    [InlineData("<p>Người viết đơn phải ghi rõ họ tên, địa chỉ.</p>")]
    [InlineData("<p>By the river, people gathered.</p>")]
    [InlineData("<p>Ban hành bởi Hội đồng nhân dân ngày 30/10/2026</p>")]
    public void Any_other_line_is_text(string line)
    {
        foreach (var article in new[] { Page(line + Text), Page(Text + line) })
        {
            Assert.Contains(line, article.Body, StringComparison.Ordinal);
            Assert.Null(article.Summary.Author);
            Assert.Equal(ParsedFile.Uploaded, article.Summary.Published);
        }
    }

    [Fact]
    public void A_date_within_a_sentence_stays() => Assert.Contains(
        "<p>Từ 30/10/2026, xã cấp giấy khai sinh tại nhà.</p>",
        Page("<p>Từ <span>30/10/2026</span>, xã cấp giấy khai sinh tại nhà.</p>" + Text).Body,
        StringComparison.Ordinal);

    [Fact]
    public void A_date_in_the_text_is_text() => Assert.Contains(
        "<p>30/10/2026</p>",
        Page($"{Text}<p>30/10/2026</p><p>bởi Lê Thị Hoa</p>{Text}").Body,
        StringComparison.Ordinal);

    [Fact]
    public void Metadata_takes_precedence_and_another_date_stays()
    {
        const string Meta =
            "<meta property=article:published_time content=2026-11-02T07:00:00+07:00>"
                + "<meta name=author content='Ban A'>";
        var article = Page($"<p>30/10/2026 09:15</p>{Text}", Meta);

        Assert.Equal(("Ban A", 2), (article.Summary.Author, article.Summary.Published.Day));
        Assert.Equal("<p>30/10/2026 09:15</p>" + Text, article.Body.Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal(Text, Page($"<p>2/11/2026 09:15</p>{Text}", Meta).Body.Trim());
    }

    [Fact]
    public void An_editors_own_file_keeps_its_lines() => Assert.Equal(
        "<p>30/10/2026 09:15</p>" + Text + "<p>© Bản quyền thuộc xã</p>",
        ParsedFile.BodyOf($"<p>30/10/2026 09:15</p>{Text}<p>© Bản quyền thuộc xã</p>"));

    [Theory]
    [InlineData("<time class=entry-date datetime=2026-12-24T07:30:00+07:00>24/12/2026</time>")]
    [InlineData("<time pubdate datetime='2026-12-24 07:30'>hôm nay</time>")]
    [InlineData("<time itemprop=datePublished datetime='2026-12-24T00:30:00Z'>24 tháng 12</time>")]
    public void A_time_element_of_publication_is_read_in_any_file(string time)
    {
        var article = ParsedFile.Of($"<title>t</title><p>Tin {time}</p>{Text}");

        Assert.Equal(new DateTimeOffset(2026, 12, 24, 7, 30, 0, TimeSpan.FromHours(7)), article.Summary.Published);
    }

    private static PhucThuan.Portal.Articles.Article Page(string content, string head = "") => ParsedFile.Of(
        $"<!DOCTYPE html><title>Ra quân</title>{head}<nav><a href=/>Trang chủ</a></nav><main><h1>Ra quân</h1>{content}"
            + "</main>");
}
