namespace PhucThuan.Tests.Articles.Characters;

[Fast]
public sealed class CleanCharactersTests
{
    [Theory]
    [InlineData("a\u202Eb\u2066c", "abc")]
    [InlineData("a\u000Bb", "a b")]
    [InlineData("a dài đủ để là một bài viết có chữ\u001Fb", "a dài đủ để là một bài viết có chữb")]
    [InlineData("Pho&#768;ng ho&#803;p", "Phòng họp")]
    [InlineData("hi&ecirc;&#803;u", "hiệu")]
    public void Text_and_title_are_composed_and_have_no_control_characters(string html, string text)
    {
        var article = ParsedFile.Of($"<!-- {new string('-', 200)} --><title>x{html}</title><p>{html}</p>");

        Assert.Equal(($"x{text}", $"<p>{text}</p>"), (article.Summary.Title, article.Body));
    }
}
