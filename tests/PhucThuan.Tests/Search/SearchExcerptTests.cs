using PhucThuan.Portal.Search;
using PhucThuan.Portal.Search.Pages;

namespace PhucThuan.Tests.Search;

[Fast]
public sealed class SearchExcerptTests
{
    [Theory]
    [InlineData("Xã Phúc Thuận họp", "phuc thuan", "Xã [Phúc Thuận] họp")]
    [InlineData("Xã Phúc Thuận họp", "thuận phúc", "Xã [Phúc Thuận] họp")]
    [InlineData("Hạnh phúc, phục vụ, Phúc Thuận", "phúc", "Hạnh [phúc], phục vụ, [Phúc] Thuận")]
    [InlineData("Chỉ có phục vụ", "phúc", "Chỉ có [phục] vụ")]
    [InlineData("Đường đi", "duong", "[Đường] đi")]
    [InlineData("phucthuan", "phuc", "phucthuan")]
    [InlineData("hòa bình, hoà giải, hoa", "hoà bình", "[hòa bình], [hoà] giải, hoa")]
    [InlineData("Hoà bình, HÒA GIẢI, hoa", "hòa bình", "[Hoà bình], [HÒA] GIẢI, hoa")]
    [InlineData("Nạo vét kênh thuỷ lợi", "thủy lợi", "Nạo vét kênh [thuỷ lợi]")]
    [InlineData("PHÚC-THUẬN", "phúc thuận", "[PHÚC]-[THUẬN]")]
    [InlineData("Kỹ thuật, kĩ sư", "kĩ thuật", "[Kỹ thuật], [kĩ] sư")]
    [InlineData("Mừng thọ 1.500.000 đồng", "1500000", "Mừng thọ [1.500.000] đồng")]
    [InlineData("Gọi 0208 3863 123.", "02083863123", "Gọi [0208 3863 123].")]
    [InlineData("Bia \u6587\u660E, \U00021A38.", "\u660E", "Bia \u6587[\u660E], \U00021A38.")]
    [InlineData("Bia \u6587\u660E, \U00021A38.", "\U00021A38", "Bia \u6587\u660E, [\U00021A38].")]
    [InlineData("02.10.2021 và 5 100 hộ", "100", "02.10.2021 và 5 [100] hộ")]
    [InlineData("không có gì", "khác", "không có gì")]
    [InlineData("", "khác", "")]
    public void Matches_are_highlighted(string text, string query, string marked) =>
        Assert.Equal(marked, Show(SearchExcerpt.Highlight(text, SearchQuery.Parse(query))));

    [Theory]
    [InlineData("Hồ sơ và sổ đỏ", "sổ đỏ", "Hồ sơ và [sổ đỏ]")]
    [InlineData("Hồ sơ do xã giữ", "sổ đỏ", "Hồ sơ do xã giữ")]
    [InlineData("Hồ sơ do xã giữ", "so do", "Hồ [sơ do] xã giữ")]
    public void Words_with_other_marks_are_not_highlighted_beside_exact_matches(
        string text, string query, string marked)
    {
        Assert.Equal(marked, Show(SearchExcerpt.Highlight(text, SearchQuery.Parse(query), isAsTyped: true)));
        Assert.Equal(marked, Show(SearchExcerpt.Of(text, SearchQuery.Parse(query), isAsTyped: true)));
    }

    [Fact]
    public void The_part_with_most_of_the_words_is_shown()
    {
        var filler = string.Concat(Enumerable.Repeat("chữ ", 100));
        var text = $"{filler}nghỉ {filler}thông báo nghỉ lễ {filler}lễ {filler}";

        var excerpt = Show(SearchExcerpt.Of(text, SearchQuery.Parse("thong bao nghi le")));

        Assert.Contains("[thông báo nghỉ lễ]", excerpt, StringComparison.Ordinal);
        Assert.StartsWith("…chữ", excerpt, StringComparison.Ordinal);
        Assert.EndsWith("chữ…", excerpt, StringComparison.Ordinal);
        Assert.InRange(excerpt.Length, 150, 240);
    }

    [Theory]
    [InlineData("nghỉ lễ", "khả nghi", "được [nghỉ lễ]")]
    [InlineData("nghi le", "khả nghi", "được [nghỉ lễ]")]
    [InlineData("lễ", "le le", "được nghỉ [lễ]")]
    public void The_best_part_is_shown_at_any_position(string query, string early, string shown)
    {
        var filler = string.Concat(Enumerable.Repeat("chữ ", 10_000));

        var excerpt =
            Show(SearchExcerpt.Of($"{filler}{early} {filler}được nghỉ lễ {filler}", SearchQuery.Parse(query)));

        Assert.Contains(shown, excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("khai giản", "Ngày [khai giảng], lễ hội")]
    [InlineData("khai gian", "Ngày [khai giảng], lễ hội")]
    [InlineData("le ho", "Ngày khai giảng, [lễ hội]")]
    [InlineData("kha lễ", "Ngày khai giảng, [lễ] hội")]
    public void A_prefix_match_highlights_the_whole_word(string query, string marked) =>
        Assert.Equal(
            marked, Show(SearchExcerpt.Highlight("Ngày khai giảng, lễ hội", SearchQuery.Parse(query).Begun()!)));

    [Theory]
    [InlineData("")]
    [InlineData("lễ")]
    [InlineData("Nghỉ lễ ba ngày")]
    public void A_short_text_is_shown_completely(string text) => Assert.Equal(
        text, string.Concat(SearchExcerpt.Of(text, SearchQuery.Parse("lễ")).Select(part => part.Text)));

    [Fact]
    public void A_text_without_a_match_is_shown_from_its_start()
    {
        var excerpt = Show(SearchExcerpt.Of(string.Concat(Enumerable.Repeat("chữ ", 100)), SearchQuery.Parse("khác")));

        Assert.StartsWith("chữ chữ", excerpt, StringComparison.Ordinal);
        Assert.EndsWith("…", excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(61)]
    public void A_very_long_word_is_truncated(int length)
    {
        var text = $"{new string('x', length)} lễ {new string('y', length)}";

        Assert.Contains("[lễ]", Show(SearchExcerpt.Of(text, SearchQuery.Parse("lễ"))), StringComparison.Ordinal);
    }

    private static string Show(IEnumerable<ExcerptPart> parts) =>
        string.Concat(parts.Select(part => part.IsMatch ? $"[{part.Text}]" : part.Text));
}
