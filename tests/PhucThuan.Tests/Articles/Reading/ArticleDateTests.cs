using PhucThuan.Portal;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Reading;

[Fast]
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
    [InlineData("2/10/2021 9:40")]
    [InlineData("02-10-2021 09:40:59")]
    [InlineData("02.10.2021, 9h40")]
    [InlineData("09:40 02/10/2021")]
    [InlineData("9h40, 2/10/21")]
    [InlineData("2021/10/02 9:40")]
    [InlineData("2021-10-02T04:40:00+0200")]
    [InlineData("Thứ Bảy, 02/10/2021 09:40")]
    [InlineData("Thứ bảy, 2/10/2021, 09:40 (GMT+7)")]
    [InlineData("T7, 02/10/2021 | 09:40")]
    [InlineData("09:40 - Thứ Bảy, 02/10/2021")]
    [InlineData("9 giờ 40 phút, ngày 2 tháng 10 năm 2021")]
    [InlineData("9g40 ngày 02/10/2021")]
    [InlineData("02/10/2021 lúc 9h40")]
    public void Known_forms_are_read_in_the_time_of_Viet_Nam(string text) =>
        Assert.Equal("02-10-2021 09:40", VietnamTime.Format(ArticleDate.Parse(text)!.Value));

    [Theory]
    [InlineData("2021-10-02")]
    [InlineData("02/10/2021")]
    [InlineData("2.10.21")]
    [InlineData("2021/10/2")]
    [InlineData("0h 2/10/2021")]
    [InlineData("ngày 2 tháng 10 năm 2021")]
    [InlineData("Phúc Thuận, ngày 02 tháng 10 năm 2021")]
    [InlineData("NGÀY 2 THÁNG 10, 2021")]
    [InlineData("Chủ nhật, 2/10/2021")]
    public void A_day_alone_begins_at_midnight(string text) =>
        Assert.Equal("02-10-2021 00:00", VietnamTime.Format(ArticleDate.Parse(text)!.Value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hôm qua")]
    [InlineData("2021-13-02")]
    [InlineData("31/02/2021")]
    [InlineData(".")]
    [InlineData("29/02/2026")]
    [InlineData("02/10-2021")]
    [InlineData("thứ tám, 02/10/2021")]
    [InlineData("02/10/2021 09:40 (GMT+9)")]
    [InlineData("2 tháng 13 năm 2021")]
    [InlineData("02/10/2021 24:00")]
    [InlineData("02/10/2021 9:60")]
    [InlineData("2/10/202")]
    [InlineData("00/10/2021")]
    [InlineData("0000-01-01")]
    [InlineData("2021-10-02T09:40:00+99:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("٢/١٠/٢٠٢١")]
    public void Anything_else_is_no_date(string? text) => Assert.Null(ArticleDate.Parse(text));

    [Fact]
    public void Days_are_cut_at_midnight_in_Viet_Nam()
    {
        var beforeMidnight = new DateTimeOffset(2026, 11, 24, 16, 59, 59, TimeSpan.Zero);

        Assert.Equal(new DateOnly(2026, 11, 24), VietnamTime.DayOf(beforeMidnight));
        Assert.Equal(new DateOnly(2026, 11, 25), VietnamTime.DayOf(beforeMidnight.AddSeconds(1)));
    }
}
