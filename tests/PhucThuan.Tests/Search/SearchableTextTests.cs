using PhucThuan.Portal.Search;

namespace PhucThuan.Tests.Search;

[Fast]
public sealed class SearchableTextTests
{
    [Theory]
    [InlineData("<p>Một</p><p>hai</p>", "Một hai")]
    [InlineData("<p>Ph<b>úc</b> <i>Thu</i>ận</p>", "Phúc Thuận")]
    [InlineData("một<br>hai", "một hai")]
    [InlineData("<table><tr><td>một</td><td>hai</td></tr></table>", "một hai")]
    [InlineData("<ul><li>một</li><li>hai</li></ul>", "một hai")]
    [InlineData("<p>một &lt;hai&gt; \u00a0 ba\n\tbốn</p>", "một <hai> ba bốn")]
    [InlineData("", "")]
    [InlineData("<h2>Hồ sơ</h2><p>Gồm tờ khai.</p>", "Hồ sơ · Gồm tờ khai.")]
    [InlineData("<p>Trời đẹp.</p><figure><img><figcaption>Một chị ở Đồng Sim</figcaption></figure><p>Búp</p>",
        "Trời đẹp. · Một chị ở Đồng Sim · Búp")]
    [InlineData("<table><caption>Lịch <b>tiêm</b></caption><tr><td>một</table>", "Lịch tiêm · một")]
    [InlineData("<h2>Một</h2><h3>Hai</h3>", "Một · Hai")]
    [InlineData("<p>Ba</p><h2></h2><p>bốn</p>", "Ba · bốn")]
    public void Inline_elements_join_and_blocks_separate_words(string html, string text) =>
        Assert.Equal(text, SearchableText.Of(html));

    [Fact]
    public void A_huge_article_is_truncated() =>
        Assert.Equal(
            SearchableText.MaxLength,
            SearchableText.Of($"<p>{new string('x', SearchableText.MaxLength + 5)}</p>").Length);
}
