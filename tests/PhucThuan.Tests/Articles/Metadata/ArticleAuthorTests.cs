using PhucThuan.Portal.Articles.Metadata;

namespace PhucThuan.Tests.Articles.Metadata;

[Fast]
public sealed class ArticleAuthorTests
{
    [Theory]
    [InlineData("Ban Biên tập")]
    [InlineData("BAN BIÊN TẬP")]
    [InlineData("Tổ quản lý cấp nước xã")]
    [InlineData("Ủy ban nhân dân xã Phúc Thuận")]
    [InlineData("UBND xã")]
    [InlineData("Trạm Y tế xã Phúc Thuận")]
    [InlineData("Đoàn Thanh niên xã")]
    [InlineData("Trường Tiểu học Phúc Thuận")]
    [InlineData("Hội Nông dân")]
    [InlineData("Báo Thái Nguyên")]
    [InlineData("Văn phòng HĐND và UBND xã")]
    [InlineData("Cán bộ tư pháp – hộ tịch")]
    public void Boards_and_bodies_are_organizations(string author) => Assert.True(ArticleAuthor.IsOrganization(author));

    [Theory]
    [InlineData("Nguyễn Văn An")]
    [InlineData("Tô Thị Hoài")]
    [InlineData("Trương Văn Bắc")]
    [InlineData("Trương Mỹ Lan Chi")]
    [InlineData("Đoàn Minh Huệ")]
    [InlineData("Phóng viên Lê Hà")]
    [InlineData("nguyễn văn an")]
    [InlineData("Thu Hà")]
    [InlineData("…")]
    public void Others_are_people(string author) => Assert.False(ArticleAuthor.IsOrganization(author));
}
