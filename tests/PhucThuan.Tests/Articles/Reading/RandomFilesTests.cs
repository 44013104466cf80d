using System.Globalization;
using System.Text;
using CsCheck;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Reading;

/// <summary>
/// Files of random parts: never active content, never a fault. <c>PHUCTHUAN_RANDOM_FILES=10000</c> is the long form.
/// </summary>
[Fast]
public sealed class RandomFilesTests
{
    private static readonly string[] Parts =
    [
        "<p>", "</p>", "<div class=x>", "</div>", "<b>", "</b>", "<table border=0>", "<tr><td>", "</table>", "<ul><li>", "</ul>", "<ol type=a>", "chè ", "<br>",
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>", "</a>", "<svg><style>", "<math><mtext>", "<mglyph>",
        "<style>.x{display:none}", "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<title>", "</title>", "<template>", "<noscript>", "</noscript>",
        "<iframe srcdoc='<script>x</script>'>", "<form><button>", "<select><option>", "<p style='mso-list:l0 level1'>", "<span style='font-family:Symbol'>·</span>",
        "<span style='font-family:.VnTime'>Th«ng b¸o</span>", "<del datetime=x>", "<meta name=date content='20/11/2026'>", "<base href='//x'>", "<x <y>", "\u0000\u202E",
        "<!--[if gte vml 1]>", "<![endif]-->", "<v:imagedata src='a.jpg'/>", "Ã¡Ã´", "\n\n", "&lt;script&gt;", "&#x3c;", "<frameset", "<figure><figcaption>", "<p class=MsoCaption>",
        "<article>", "<main>", "<nav>", "<input type=checkbox>", "<?xml ?>", "<plaintext", "<listing>", "<b style='font-weight:normal'>", "<math><mi><b>", "</math>", "<textarea>",
    ];

    private static readonly string[] Active = ["<script", "onerror=", "javascript:", "<iframe", "<style", "<svg", "<form", "<object", "srcdoc", "<base", "<meta", "<template"];

    private static long Runs => long.TryParse(Environment.GetEnvironmentVariable("PHUCTHUAN_RANDOM_FILES"), CultureInfo.InvariantCulture, out var runs) ? runs : 300;

    [Fact]
    public void No_random_file_gives_active_content_or_a_fault() => OneOf(Parts).Array[1, 60].Sample(
        parts =>
        {
            var file = string.Concat(parts);
            try
            {
                AssertSafe(ParsedFile.Of(file).Body);
            }
            catch (NotAnArticleException)
            {
                // Refused with a sentence.
            }
        },
        iter: Runs);

    [Fact]
    public void No_mutated_file_gives_active_content_or_a_fault() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1000], Gen.Int[1, 40], Gen.Byte).Sample(
        (kind, place, length, value) =>
        {
            var file = Encoding.UTF8.GetBytes(string.Concat(Parts) + "<p>Thông báo về việc tiêm phòng</p>");
            var at = place * (file.Length - 1) / 1000;
            byte[] mutated = kind switch
            {
                0 => [.. file[..at], .. file[Math.Min(file.Length, at + length)..]],
                1 => [.. file[..at], .. Enumerable.Repeat(value, length), .. file[at..]],
                2 => file[..at],
                _ => [.. file[at..], .. file[..at]],
            };
            try
            {
                AssertSafe(ParsedFile.Of(mutated).Body);
            }
            catch (NotAnArticleException)
            {
                // Refused with a sentence.
            }
        },
        iter: Runs);

    private static void AssertSafe(string body)
    {
        using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(body);
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(Active, name => name == "<" + element.LocalName);
        }
    }

    private static Gen<string> OneOf(string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
