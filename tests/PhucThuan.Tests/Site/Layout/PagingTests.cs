using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Tests.Site.Layout;

[Fast]
public sealed class PagingTests
{
    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(1, 2, "1 2")]
    [InlineData(1, 50, "1 2 … 50")]
    [InlineData(3, 50, "1 2 3 4 … 50")]
    [InlineData(4, 50, "1 2 3 4 5 … 50")]
    [InlineData(5, 50, "1 … 4 5 6 … 50")]
    [InlineData(47, 50, "1 … 46 47 48 49 50")]
    [InlineData(50, 50, "1 … 49 50")]
    public void The_first_the_last_and_adjacent_pages_are_linked(int number, int count, string expected) =>
        Assert.Equal(
        expected,
        string.Join(' ', new Paging("/", number, count).Named().Select(page => page is null ? "…" : $"{page}")));
}
