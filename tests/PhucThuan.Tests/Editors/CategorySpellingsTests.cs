using PhucThuan.Portal.Editors;

namespace PhucThuan.Tests.Editors;

/// <summary>Detection of categories that are probably misspellings of another one.</summary>
public sealed class CategorySpellingsTests
{
    [Theory]
    [InlineData("Tin tuc")]
    [InlineData("TIN TỨC")]
    [InlineData("Tin tứ")]
    [InlineData("Tin tứcc")]
    [InlineData("Tin tớc")]
    [InlineData("Tni tức")]
    public void A_spelling_that_differs_by_marks_or_one_letter_is_found(string rare) =>
        Assert.Equal("Tin tức", new CategorySpellings(["Tin tức", "Tin tức", rare]).UsualOf(rare));

    [Theory]
    [InlineData("Thông báo")]
    [InlineData("Tin tức xã")]
    [InlineData("Tiêm phòng")]
    public void A_different_category_is_not_a_spelling(string other) =>
        Assert.Null(new CategorySpellings(["Tin tức", "Tin tức", other]).UsualOf(other));

    [Theory]
    [InlineData("Y tế", "Y lý")]
    [InlineData("Xóm Đồi Cọ 1", "Xóm Đồi Cọ 2")]
    public void Short_and_numbered_names_are_not_compared(string one, string other) =>
        Assert.Null(new CategorySpellings([one, one, other]).UsualOf(other));

    [Fact]
    public void The_usual_spelling_is_not_reported() =>
        Assert.Null(new CategorySpellings(["Tin tức", "Tin tức", "Tin tuc"]).UsualOf("Tin tức"));
}
