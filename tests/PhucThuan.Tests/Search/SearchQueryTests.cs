using System.Text;
using PhucThuan.Portal.Search;

namespace PhucThuan.Tests.Search;

[Fast]
public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("Phúc Thuận", "phúc thuận", "phuc thuan")]
    [InlineData("  ĐẶNG thị   Huệ ", "đặng thị huệ", "dang thi hue")]
    [InlineData("\"nghỉ lễ\" 30/4", "nghỉ lễ 30 4", "nghi le 30 4")]
    [InlineData("xã, xã; xã", "xã", "xa")]
    [InlineData("hóa hoá HÓA hoàn quý", "hoá hoàn quý", "hoa hoan quy")]
    [InlineData("\u00D0ảng ủy đi họp", "đảng uỷ đi họp", "dang uy di hop")]
    [InlineData("kỹ thuật, kĩ thuật, quí IV", "kĩ thuật quý iv", "ki thuat quy iv")]
    [InlineData("1.500.000 đồng", "1500000 đồng", "1500000 dong")]
    [InlineData("1,500,000 hoặc 12\u00A0000", "1500000 hoặc 12000", "1500000 hoac 12000")]
    [InlineData("gọi 0208 3863 123, 0912.345.678, +84 912 345 678", "gọi 02083863123 0912345678",
        "goi 02083863123 0912345678")]
    [InlineData("150/2020/NĐ-CP ngày 20.11.2020", "150 2020 nđ cp ngày 20 11", "150 2020 nd cp ngay 20 11")]
    [InlineData("Điều 5 100 hộ, 02-10-2021 09:40", "điều 5 100 hộ 02 10 2021 09 40", "dieu 5 100 ho 02 10 2021 09 40")]
    [InlineData("\u6587\u660E \U00021A38", "\u6587 \u660E \U00021A38", "\u6587 \u660E \U00021A38")]
    [InlineData("...!?", "", "")]
    [InlineData("", "", "")]
    [InlineData("\u0301", "", "")]
    public void Text_is_split_into_words(string text, string exact, string folded)
    {
        var words = SearchQuery.Parse(text).Words;

        Assert.Equal(exact, string.Join(' ', words.Select(word => word.Exact)));
        Assert.Equal(folded, string.Join(' ', words.Select(word => word.Folded)));
    }

    [Fact]
    public void Composed_and_decomposed_letters_are_equal()
    {
        const string Text = "Quyết định của Ủy ban";

        Assert.Equal(
            SearchQuery.Parse(Text.Normalize(NormalizationForm.FormC)).Words,
            SearchQuery.Parse(Text.Normalize(NormalizationForm.FormD)).Words);
    }

    [Fact]
    public void Invalid_characters_do_not_throw() =>
        Assert.Equal(["một", "hai"], SearchQuery.Parse("một\uFFFE hai\uD800").Words.Select(word => word.Exact));

    [Fact]
    public void A_long_query_is_truncated_and_marked()
    {
        Assert.False(SearchQuery.Parse("một hai ba").IsCut);
        var manyWords = SearchQuery.Parse("1 2 3 4 5 6 7 8 9 10 11 12 13");
        Assert.True(manyWords.IsCut);
        Assert.Equal(12, manyWords.Words.Count);
        var longText = SearchQuery.Parse(new string('x', 99) + "😀");
        Assert.True(longText.IsCut);
        Assert.Equal(new string('x', 99), Assert.Single(longText.Words).Exact);
    }

    [Theory]
    [InlineData(33, "từ ", "từ")]
    [InlineData(50, "a-", "a")]
    [InlineData(25, "bốn,", "bốn")]
    [InlineData(20, "chữ, ", "chữ")]
    public void A_long_query_is_truncated_between_words(int fitting, string text, string word)
    {
        var query = SearchQuery.Parse(string.Concat(Enumerable.Repeat(text, fitting + 9)));

        Assert.Equal([word], query.Words.Select(part => part.Exact));
        Assert.Equal(string.Concat(Enumerable.Repeat(text, fitting)).TrimEnd(), query.Text);
        Assert.True(query.IsCut);
    }
}
