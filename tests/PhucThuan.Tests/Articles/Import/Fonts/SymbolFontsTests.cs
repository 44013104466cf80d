namespace PhucThuan.Tests.Articles.Import.Fonts;

[Fast]
public sealed class SymbolFontsTests
{
    [Theory]
    [InlineData("a <span style='font-family:Wingdings'>à</span> b", "a → b")]
    [InlineData("<font face='Wingdings'>þ</font> có <font face=Wingdings>o</font> không", "☑ có ☐ không")]
    [InlineData(
        "<span style=\"FONT-FAMILY: 'Wingdings 2'\">R</span> <span style='font-family:\"Wingdings 2\"'>£</span>",
        "☑ ☐")]
    [InlineData("<span style='font-family:Symbol'>a ³ b</span>", "α ≥ β")]
    [InlineData("a \uF0E0 b \uF0B7", "a → b •")]
    [InlineData("<span style='font-family:\"Segoe UI Symbol\"'>l</span>", "l")]
    public void Symbols_become_the_characters_that_they_display(string html, string text) =>
        Assert.Equal($"<p>{text}</p>", ParsedFile.BodyOf($"<p>{html}</p>"));

    [Fact]
    public void Unknown_symbols_are_reported() =>
        ParsedFile.HasRemark(
            ParsedFile.Of("<title>t</title><p>a <span style='font-family:Wingdings'>ÿ</span></p>"), "Wingdings");
}
