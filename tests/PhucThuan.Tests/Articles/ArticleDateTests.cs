using PhucThuan.Portal;
using PhucThuan.Portal.Articles;

namespace PhucThuan.Tests.Articles;

public sealed class ArticleDateTests
{
    [Theory]
    [InlineData("2021-10-02T09:40:00+07:00")]
    [InlineData("2021-10-02T02:40:00Z")]
    [InlineData("2021-10-02T09:40")]
    [InlineData("2021-10-02 09:40")]
    [InlineData("2021-10-02T09:40:00.000000000")]
    [InlineData(" 02-10-2021 09:40 ")]
    [InlineData("2/10/2021 09:40")]
    public void Known_forms_are_read_in_the_time_of_Viet_Nam(string text) =>
        Assert.Equal("02-10-2021 09:40", VietnamTime.Format(ArticleDate.Parse(text)!.Value));

    [Theory]
    [InlineData("2021-10-02")]
    [InlineData("02/10/2021")]
    public void A_day_alone_begins_at_midnight(string text) =>
        Assert.Equal("02-10-2021 00:00", VietnamTime.Format(ArticleDate.Parse(text)!.Value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hôm qua")]
    [InlineData("2021-13-02")]
    [InlineData("31/02/2021")]
    [InlineData(".")]
    public void Anything_else_is_no_date(string? text) => Assert.Null(ArticleDate.Parse(text));

    [Fact]
    public void Days_are_cut_at_midnight_in_Viet_Nam()
    {
        var beforeMidnight = new DateTimeOffset(2026, 11, 24, 16, 59, 59, TimeSpan.Zero);

        Assert.Equal(new DateOnly(2026, 11, 24), VietnamTime.DayOf(beforeMidnight));
        Assert.Equal(new DateOnly(2026, 11, 25), VietnamTime.DayOf(beforeMidnight.AddSeconds(1)));
    }
}
