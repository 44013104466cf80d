using System.Text;
using PhucThuan.Portal.Articles.Characters;

namespace PhucThuan.Tests.Articles.Characters;

[Fast]
public sealed class ArticleTextTests
{
    private const string Text = "<p>Tiếng Việt: ổ bánh mì, đường, nghỉ lễ, ưỡn ẹo</p>";

    [Fact]
    public void Utf8_is_read_with_and_without_a_byte_order_mark()
    {
        Assert.Equal(Text, ArticleText.Decode(Encoding.UTF8.GetBytes(Text)));
        Assert.Equal(Text, ArticleText.Decode([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)]));
    }

    [Fact]
    public void Utf16_is_read_in_both_orders_with_and_without_a_byte_order_mark()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Assert.Equal(Text, ArticleText.Decode(encoding.GetBytes(Text)));
            Assert.Equal(Text, ArticleText.Decode([.. encoding.Preamble, .. encoding.GetBytes(Text)]));
        }
    }

    [Theory]
    [InlineData("<meta charset=windows-1258>")]
    [InlineData("<meta http-equiv=Content-Type content=\"text/html; charset=windows-1258\">")]
    [InlineData("<meta charset=utf-8>")]
    [InlineData("<meta charset=no-such-thing>")]
    [InlineData("")]
    public void Windows_1258_is_decoded_and_composed_whatever_the_file_declares(string declaration) =>
        Assert.Equal(declaration + Text, ArticleText.Decode(ToWindows1258(declaration + Text)));

    [Fact]
    public void Another_declared_encoding_is_used()
    {
        var latin = Encoding.Latin1.GetBytes("<meta charset=iso-8859-1>caf\u00e9 na\u00efve");

        Assert.EndsWith("caf\u00e9 na\u00efve", ArticleText.Decode(latin), StringComparison.Ordinal);
    }

    [Fact]
    public void Utf8_that_declares_windows_1258_is_decoded_as_utf8()
    {
        const string Resaved = "<meta charset=windows-1258>" + Text;

        Assert.Equal(Resaved, ArticleText.Decode(Encoding.UTF8.GetBytes(Resaved)));
    }

    [Fact]
    public void Utf8_with_a_few_invalid_bytes_is_still_decoded_as_utf8()
    {
        var bytes = Encoding.UTF8.GetBytes(Text);

        Assert.StartsWith(
            "<p>Tiếng Việt: ổ bánh mì", ArticleText.Decode(bytes.AsSpan(0, 40)), StringComparison.Ordinal);
        Assert.EndsWith(Text, ArticleText.Decode([0xFF, .. bytes]), StringComparison.Ordinal);
    }

    [Fact]
    public void Decomposed_letters_are_composed() =>
        Assert.Equal(Text, ArticleText.Decode(Encoding.UTF8.GetBytes(Text.Normalize(NormalizationForm.FormD))));

    [Fact]
    public void Arbitrary_bytes_do_not_throw()
    {
        Assert.Equal("", ArticleText.Decode([]));
        Assert.NotEmpty(ArticleText.Decode([0xFF, 0xFE, 0x00, 0xD8, 0x41]));
        Assert.NotEmpty(ArticleText.Decode([0x80, 0x81, 0xFF]));
        Assert.Equal("x\uFFFDy", ArticleText.Decode([(byte)'x', 0xEF, 0xBF, 0xBE, (byte)'y']));
    }

    /// <summary>Encodes text like Windows: precomposed vowels (ă, â, ê, ô, ơ, ư), combining tone marks.</summary>
    internal static byte[] ToWindows1258(string text)
    {
        const string ToneMarks = "\u0300\u0301\u0303\u0309\u0323";
        var letters = new StringBuilder();
        foreach (var letter in text)
        {
            var parts = letter.ToString().Normalize(NormalizationForm.FormD);
            var vowel = string.Concat(parts.Where(part => !ToneMarks.Contains(part, StringComparison.Ordinal)));
            letters.Append(vowel.Normalize(NormalizationForm.FormC));
            letters.Append(string.Concat(parts.Where(part => ToneMarks.Contains(part, StringComparison.Ordinal))));
        }

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(1258, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            .GetBytes(letters.ToString());
    }
}
