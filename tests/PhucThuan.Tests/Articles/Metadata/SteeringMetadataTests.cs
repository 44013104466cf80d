using System.Text;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Metadata;

/// <summary>Metadata with which editors steer an article, in each accepted form.</summary>
public sealed class SteeringMetadataTests
{
    private static readonly ArticleParser Parser = new(new ArticleSanitizer());

    [Theory]
    [InlineData("có")]
    [InlineData("Có")]
    [InlineData("true")]
    [InlineData("1")]
    [InlineData("yes")]
    public void A_pinned_article_without_an_end_stays_pinned(string value) =>
        Assert.Equal(DateTimeOffset.MaxValue, Steer($"<meta name=pinned content='{value}'>").PinnedUntil);

    [Theory]
    [InlineData("không")]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("")]
    public void A_negative_value_does_not_pin_the_article(string value)
    {
        var article = Parse($"<meta name=pinned content='{value}'><meta name=urgent content='{value}'>");

        Assert.Equal(ArticleSteering.None, article.Summary.Steering);
        Assert.Empty(article.Remarks);
    }

    [Theory]
    [InlineData("30-11-2026 17:00", "2026-11-30T17:00:00+07:00")]
    [InlineData("đến 17h30 30/11/2026", "2026-11-30T17:30:00+07:00")]
    [InlineData("đến hết 30/11/2026", "2026-12-01T00:00:00+07:00")]
    [InlineData("30-11-2026", "2026-12-01T00:00:00+07:00")]
    [InlineData("00:00 30-11-2026", "2026-11-30T00:00:00+07:00")]
    [InlineData("2026-11-30", "2026-12-01T00:00:00+07:00")]
    public void An_end_date_is_read_in_every_format_and_without_a_time_is_inclusive(string value, string end)
    {
        var steering = Steer(
            $"<meta name=pinned content='{value}'><meta name=urgent content='{value}'><meta name=expires "
                + $"content='{value}'>");

        var expected = DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, steering.PinnedUntil);
        Assert.Equal(expected, steering.UrgentUntil);
        Assert.Equal(expected, steering.Expires);
    }

    [Theory]
    [InlineData("pinned", "lúc nào đó")]
    [InlineData("urgent", "32/13/2026")]
    [InlineData("expires", "mai")]
    [InlineData("updated", "hôm qua")]
    [InlineData("issued", "tháng trước")]
    [InlineData("redirect", "https://khac.example/bai-viet/bai-moi")]
    [InlineData("redirect", "//khac.example")]
    [InlineData("redirect", "javascript:alert(1)")]
    [InlineData("redirect", "../admin")]
    [InlineData("redirect", "bai")]
    public void An_unreadable_value_has_no_effect_and_is_reported(string name, string value)
    {
        var article = Parse($"<meta name={name} content='{value}'>");

        Assert.Equal(ArticleSteering.None, article.Summary.Steering);
        Assert.Null(article.Official);
        Assert.Single(article.Remarks);
    }

    [Theory]
    [InlineData("bai-moi")]
    [InlineData("bai-moi.html")]
    [InlineData("bai-moi.htm")]
    [InlineData("/bai-viet/bai-moi")]
    public void A_redirect_names_an_article_of_the_portal(string value) =>
        Assert.Equal("bai-moi", Steer($"<meta name=redirect content='{value}'>").Redirect);

    [Fact]
    public void An_urgent_article_without_an_end_is_urgent_for_a_day_which_is_reported()
    {
        var article = Parse("<meta name=urgent content=có><meta name=date content='20-11-2026 08:00'>");

        Assert.Equal(
            new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.FromHours(7)), article.Summary.Steering.UrgentUntil);
        Assert.Single(article.Remarks);
    }

    [Fact]
    public void Vietnamese_names_are_accepted_with_and_without_marks()
    {
        var article = Parse("""
            <meta name="Tiêu đề" content="Nghỉ lễ"><meta name="tac-gia" content="Ban Biên tập"><meta name="NGÀY ĐĂNG"
              content="20-11-2026 08:00">
            <meta name="tóm tắt:" content="Lịch nghỉ."><meta name="chuyen muc" content="Thông báo"><meta
              name="cập nhật" content="21-11-2026 09:00">
            <meta name="đính chính" content="Sửa giờ họp."><meta name="số ký hiệu" content="12/TB-UBND">
            <meta name="ngày ban hành" content="19/11/2026"><meta name="cơ quan ban hành" content="UBND xã">
            """);

        Assert.Equal(
            ("Nghỉ lễ", "Ban Biên tập", "Lịch nghỉ.", "Thông báo"),
            (article.Summary.Title, article.Summary.Author, article.Summary.Description, article.Summary.Category));
        Assert.Equal(new OfficialDocument("12/TB-UBND", new DateOnly(2026, 11, 19), "UBND xã"), article.Official);
        Assert.Equal("Sửa giờ họp.", article.Summary.Steering.Correction);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.FromHours(7)), article.Summary.Updated);
        Assert.Empty(article.Remarks);
    }

    [Fact]
    public void A_table_at_the_top_is_metadata_and_not_text()
    {
        var article = Parse("""
            <p>&nbsp;</p><table>
            <tr><td>Tiêu đề:</td><td>Nghỉ lễ</td></tr><tr><td>Ngày đăng</td><td>20-11-2026 08:00</td></tr>
            <tr><td>Ghim</td><td>có</td></tr><tr><td>Chuyên mụt</td><td>Thông báo</td></tr></table><p>Lời của bài.</p>
            """, author: "Máy tính của cơ quan");

        Assert.Equal("Nghỉ lễ", article.Summary.Title);
        Assert.Equal(DateTimeOffset.MaxValue, article.Summary.Steering.PinnedUntil);
        Assert.Equal("<p>Lời của bài.</p>", article.Body);
        Assert.Contains("Chuyên mụt", Assert.Single(article.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<table><tr><td>Tác giả</td><td>Tác phẩm</td></tr><tr><td>Nam Cao</td><td>Chí Phèo</td></tr></table>")]
    [InlineData("<table><tr><td>Tiêu đề</td><td>Ngày</td><td>Số</td></tr></table>")]
    [InlineData(
        "<table><tr><td>UBND XÃ PHÚC THUẬN</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr><tr><td>Số</td><td>"
            + "12</td></tr></table>")]
    public void Any_other_table_stays_in_the_text(string table) =>
        Assert.Contains("<table", Parse(table + "<p>Chữ").Body, StringComparison.Ordinal);

    [Fact]
    public void A_table_after_the_text_stays_in_the_text() => Assert.Contains(
        "<table",
        Parse($"<p>{new string('a', 400)}</p><table><tr><td>Tác giả</td><td>An</td></tr></table>").Body,
        StringComparison.Ordinal);

    private static ArticleSteering Steer(string meta) => Parse(meta).Summary.Steering;

    private static Article Parse(string html, string? author = null) => Parser.Parse(
        "bai",
        Encoding.UTF8.GetBytes(
            $"<html><head>{(author is null ? "" : $"<meta name=author content='{author}'>")}"
                + (html.StartsWith("<meta", StringComparison.Ordinal)
                    ? $"{html}</head><body><p>Chữ</p>"
                    : $"</head><body>{html}")),
        new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));
}
