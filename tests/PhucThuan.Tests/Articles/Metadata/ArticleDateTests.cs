using PhucThuan.Portal;
using PhucThuan.Portal.Articles.Metadata;

namespace PhucThuan.Tests.Articles.Metadata;

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
    [InlineData("2/10/2021 9:40 SA")]
    [InlineData("09:40 SA 02/10/2021")]
    [InlineData("02/10/2021 09:40:15 SA")]
    [InlineData("02/10/2021 09:40 AM")]
    [InlineData("Thứ bảy - 02/10/2021 09:40")]
    [InlineData("2 Th10, 2021 09:40")]
    [InlineData("Th10 2, 2021 9:40")]
    [InlineData("2 thg 10, 2021 lúc 09:40")]
    [InlineData("02 Tháng Mười, 2021 9:40")]
    [InlineData("Tháng Mười 2, 2021, 9:40 sáng")]
    [InlineData("09h40' ngày 02/10/2021")]
    [InlineData("09h40’, 2-10-2021")]
    [InlineData("9 giờ 40 ngày 2 tháng 10 năm 2021")]
    [InlineData("9 giờ 40 sáng 02/10/2021")]
    [InlineData("Ngày đăng: 02/10/2021 09:40")]
    [InlineData("Đăng lúc 09:40 ngày 02/10/2021")]
    [InlineData("Cập nhật: 02/10/2021 - 09:40")]
    [InlineData("02/10/2021 • 09:40")]
    [InlineData("02.10.2021 @ 9:40")]
    [InlineData("Sat, 02 Oct 2021 09:40:00 +0700")]
    [InlineData("Sat, 02 Oct 2021 02:40:00 GMT")]
    [InlineData("October 2, 2021 9:40 am")]
    [InlineData("2 October 2021 at 09:40")]
    [InlineData("Oct 2, 2021, 9:40:00 AM")]
    [InlineData("Sat Oct 02 2021 09:40:00 GMT+0700 (Indochina Time)")]
    [InlineData("Sat Oct 2 09:40:00 2021")]
    [InlineData("20211002T024000Z")]
    [InlineData("2021-10-02T02:40:00.1234567Z")]
    [InlineData("2021-10-02 09:40:00 +07:00")]
    [InlineData("2021-10-02T09:40+07")]
    [InlineData("2021-10-02 9:40 SA")]
    [InlineData("02/10/2021 11:40 (GMT+9)")]
    [InlineData("02/10/2021 02:40 UTC")]
    [InlineData("02 / 10 / 2021 09:40")]
    [InlineData("02–10–2021 09:40")]
    [InlineData("T7 02/10/2021 09:40")]
    [InlineData("Chủ nhật, 2/10/2021 09:40")]
    [InlineData("\u200E02/\u200E10/\u200E2021 09:40")]
    [InlineData("02/10/2021, 9:40\u202FSA")]
    [InlineData("02-10-2021T09:40")]
    [InlineData("02/Oct/2021 09:40")]
    [InlineData("Cập nhật lần cuối: 02/10/2021 09:40")]
    [InlineData("ngày 02 tháng 10 năm 2021, lúc 9 giờ 40 phút")]
    [InlineData("vào hồi 9 giờ 40 phút, thứ Bảy, ngày 2 tháng 10 năm 2021")]
    [InlineData("từ 9h40 ngày 2/10/2021")]
    [InlineData("9:40 AM 02/10/2021")]
    [InlineData("2021-10-02 9h40")]
    [InlineData("2021/10/02 lúc 09:40")]
    [InlineData("2021. 10. 2, 9 giờ 40 sáng")]
    [InlineData("9h40 ngày 2/10 năm 2021")]
    [InlineData("2021-10-02T09:40:00 ICT")]
    [InlineData("2021-10-02 09:40:00 Asia/Ho_Chi_Minh")]
    [InlineData("2021-10-02T09:40:00+07:00 (giờ Việt Nam)")]
    [InlineData("2021-10-02T11:40:00 (UTC+9)")]
    [InlineData("02/10/2021 09:40 +07")]
    [InlineData("Sat Oct 02 2021 09:40:00 GMT+0700 (Giờ Đông Dương)")]
    [InlineData("Sat Oct 02 2021 09:40:00 GMT+0700 (SE Asia Standard Time)")]
    public void Known_formats_are_read_as_Viet_Nam_time(string text) =>
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
    public void A_date_without_a_time_is_midnight(string text) =>
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

    [Theory]
    [InlineData("02/10/2021 7:30 CH", "02-10-2021 19:30")]
    [InlineData("12:05 SA 02/10/2021", "02-10-2021 00:05")]
    [InlineData("02/10/2021 12:00 CH", "02-10-2021 12:00")]
    [InlineData("14 giờ 30 chiều 02/10/2021", "02-10-2021 14:30")]
    [InlineData("8 giờ tối ngày 2/10/2021", "02-10-2021 20:00")]
    [InlineData("9 giờ rưỡi ngày 2/10/2021", "02-10-2021 09:30")]
    [InlineData("05/07/2026", "05-07-2026 00:00")]
    [InlineData("20 Tháng Mười Hai, 2026", "20-12-2026 00:00")]
    [InlineData("mùng 5 tháng Giêng năm 2026", "05-01-2026 00:00")]
    [InlineData("20/11/26", "20-11-2026 00:00")]
    public void Parts_of_the_day_and_months_in_words_are_read(string text, string expected) =>
        Assert.Equal(expected, VietnamTime.Format(ArticleDate.Parse(text)!.Value));

    [Theory]
    [InlineData("26-12-24")]
    [InlineData("24 tháng 12")]
    [InlineData("12/24/2026")]
    [InlineData("20/11/2026 20/12/2026")]
    [InlineData("09:00 - 10:00 20/11/2026")]
    [InlineData("20/11/2026 13:00 SA chiều")]
    [InlineData("46346")]
    [InlineData("sáng 20/11/2026")]
    [InlineData("từ 20/11/2026 đến 25/11/2026")]
    [InlineData("2026-13-11 9h40")]
    [InlineData("09:40 - 10 20/11/2026")]
    [InlineData("chưa, 20/11/2026")]
    [InlineData("20/11/2026 24h00")]
    [InlineData("20/11 năm")]
    public void An_ambiguous_date_is_not_read(string text) => Assert.Null(ArticleDate.Parse(text));

    [Theory]
    [InlineData(1975, 6, 12, 8)]
    [InlineData(1975, 6, 13, 7)]
    [InlineData(1965, 1, 1, 8)]
    [InlineData(2026, 11, 20, 7)]
    public void Midnight_has_the_UTC_offset_that_applied_on_that_date(int year, int month, int day, int offset)
    {
        var start = VietnamTime.StartOf(new DateOnly(year, month, day));

        Assert.Equal(TimeSpan.FromHours(offset), start.Offset);
        Assert.Equal(start, ArticleDate.Parse($"{day}/{month}/{year}"));
        Assert.Equal(new DateOnly(year, month, day), VietnamTime.DayOf(start));
    }

    [Fact]
    public void Days_change_at_midnight_in_Viet_Nam()
    {
        var beforeMidnight = new DateTimeOffset(2026, 11, 24, 16, 59, 59, TimeSpan.Zero);

        Assert.Equal(new DateOnly(2026, 11, 24), VietnamTime.DayOf(beforeMidnight));
        Assert.Equal(new DateOnly(2026, 11, 25), VietnamTime.DayOf(beforeMidnight.AddSeconds(1)));
    }
}
