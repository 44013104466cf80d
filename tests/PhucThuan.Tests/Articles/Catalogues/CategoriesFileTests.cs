using System.Text;
using PhucThuan.Portal.Articles.Catalogues;

namespace PhucThuan.Tests.Articles.Catalogues;

/// <summary>Parsing of the file in which editors set the order of categories.</summary>
public sealed class CategoriesFileTests
{
    [Theory]
    [InlineData("Thông báo\r\nTin tức\r\n")]
    [InlineData("Chuyên mục\nThông báo\nTin tức")]
    [InlineData("Chuyên mục;Ghi chú\nThông báo;một\n\nTin tức;")]
    [InlineData("\"Thông báo\",1\n\"Tin tức\",2")]
    [InlineData("Thông báo,1\nTin tức,2\nTin Tức,3")]
    public void Each_line_is_a_category(string text) => Assert.Equal(["Thông báo", "Tin tức"], Parse(text));

    [Fact]
    public void A_name_may_have_a_comma() =>
        Assert.Equal(["Văn hóa, xã hội", "Y tế, \"sức khỏe\""], Parse("Văn hóa, xã hội\n\"Y tế, \"\"sức khỏe\"\"\""));

    [Fact]
    public void Encodings_of_Excel_and_Notepad_are_detected()
    {
        Assert.Equal(
            ["Tin tức"], CategoriesFile.Parse(new([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("Tin tức")])));
        Assert.Equal(
            ["Tin tức"],
            CategoriesFile.Parse(new([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("Tin tức\tx")])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n;;\n,\n\"\"")]
    public void A_file_without_names_has_no_categories(string text) => Assert.Empty(Parse(text));

    private static IReadOnlyList<string> Parse(string text) => CategoriesFile.Parse(BinaryData.FromString(text));
}
