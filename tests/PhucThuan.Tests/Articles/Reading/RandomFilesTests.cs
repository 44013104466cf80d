using System.Diagnostics;
using System.Globalization;
using System.Text;
using AngleSharp.Html.Parser;
using CsCheck;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Tests.Articles.Documents;

namespace PhucThuan.Tests.Articles.Reading;

/// <summary>
/// Random and mutated files of every kind give a safe page or are refused with a message. The environment variable
/// <c>PHUCTHUAN_RANDOM_FILES</c> sets the number of files of each kind, such as 10000 for a long run.
/// </summary>
public sealed class RandomFilesTests
{
    private const string Bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>đậm</w:t></w:r>";

    // Detects endless loops only: parse times depend on the machine.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(1);

    private static readonly string[] HtmlParts =
    [
        "<p>", "</p>", "<div class=x>", "</div>", "<b>", "</b>", "<table border=0>", "<tr><td>", "</table>",
        "<ul><li>", "</ul>", "<ol type=a>", "chè ", "<br>",
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>", "</a>",
        "<svg><style>", "<math><mtext>", "<mglyph>",
        "<style>.x{display:none}", "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<title>", "</title>", "<template>",
        "<noscript>", "</noscript>",
        "<iframe srcdoc='<script>x</script>'>", "<form><button>", "<select><option>", "<p style='mso-list:l0 level1'>",
        "<span style='font-family:Symbol'>·</span>",
        "<span style='font-family:.VnTime'>Th«ng b¸o</span>", "<del datetime=x>",
        "<meta name=date content='20/11/2026'>", "<base href='//x'>", "<x <y>", "\u0000\u202E",
        "<!--[if gte vml 1]>", "<![endif]-->", "<v:imagedata src='a.jpg'/>", "Ã¡Ã´", "\n\n", "&lt;script&gt;",
        "&#x3c;", "<frameset", "<figure><figcaption>", "<p class=MsoCaption>",
        "<article>", "<main>", "<nav>", "<input type=checkbox>", "<?xml ?>", "<plaintext", "<listing>",
        "<b style='font-weight:normal'>", "<math><mi><b>", "</math>", "<textarea>",
    ];

    private static readonly string[] TextParts =
    [
        "chè ", "\n", "\n\n", "# ", "> ", "- ", "1. ", "    ", "\t", "**", "_", "`", "```\n", "~~",
        "[a](javascript:alert(1))", "[a]: data:text/html,x\n", "![a](x.jpg)", "[^1]", "[^1]: b\n",
        "| a | b |\n|---|---|\n", "+---+\n", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">", "<!--", "<![CDATA[", "<https://example.vn>", "---\n", "title: a\n",
        "Ngày đăng: 20/11/2026\n", "draft: false\n", "^^^\n", ": b\n", "- [x] a\n", "&lt;script&gt;", "&#60;", "\\",
        "THÔNG BÁO\n", "http://a", "\u202E", "=====\n",
    ];

    private static readonly string[] WordParts =
    [
        "<w:p><w:r><w:t>chè</w:t></w:r></w:p>", $"<w:p>{Bold}</w:p>",
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "<w:tbl/>",
        "<w:p><w:del><w:r><w:delText>KÍN</w:delText></w:r></w:del></w:p>",
        "<w:p><w:hyperlink r:id='j'><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>",
        "<w:p><w:hyperlink w:anchor='\"&gt;&lt;script&gt;'><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK "
            + "\"javascript:alert(1)\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>"
            + "a</w:t></w:r></w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0E0'/><w:sym w:font='x\"&gt;' w:char='zz'/></w:r></w:p>",
        "<w:p><w:r><w:footnoteReference w:id='1'/></w:r></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>b</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><m:oMath><m:f/><m:r><m:t>x</m:t></m:r></m:oMath></w:p>",
        "<w:p><w:r><w:pict><v:shape alt='\"onerror=alert(1)'><v:imagedata r:id='j'/></v:shape></w:pict></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>KÍN</w:t></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr><w:t>Th«ng b¸o</w:t></w:r></w:p>",
        "<w:altChunk r:id='j'/>",
        "<w:p><w:pPr><w:pStyle w:val='x'/><w:outlineLvl w:val='99'/></w:pPr><w:r><w:t>c</w:t></w:r></w:p>",
    ];

    private static readonly HashSet<string> Elements =
    [
        .. "a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em".Split(' '),
        .. "figcaption figure h2 h3 h4 hr i img ins li mark ol p pre q s small strong".Split(' '),
        .. "sub summary sup table tbody td tfoot th thead tr u ul math mi mn mo mtext".Split(' '),
        .. "mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd".Split(' '),
    ];

    private static readonly HashSet<string> Attributes =
    [
        .. "alt aria-label class colspan data-label decoding height href id lang".Split(' '),
        .. "loading reversed role rowspan scope span src start tabindex title type value width".Split(' '),
    ];

    private readonly ArticleParser _parser = new(new ArticleSanitizer());

    private static long Runs => long.TryParse(
        Environment.GetEnvironmentVariable("PHUCTHUAN_RANDOM_FILES"), CultureInfo.InvariantCulture, out var runs)
            ? runs
            : 40;

    [Fact]
    public void Random_html_is_safe() =>
        TextOf(HtmlParts).Sample(text => AssertSafe("bai.html", Encoding.UTF8.GetBytes(text)), iter: Runs);

    [Theory]
    [InlineData("<select><option><article>A<img src=x onerror=alert(1)>")]
    [InlineData("<p>B<select><option><main>A<img src=x><a href=x onclick=alert(1)>C</a></main></select>")]
    public void An_element_in_a_select_is_safe(string text) => AssertSafe("bai.html", Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Random_html_in_other_encodings_is_safe() => Gen.Select(TextOf(HtmlParts), Gen.Int[0, 2]).Sample(
        (text, encoding) =>
            AssertSafe(
                "bai.htm",
                (encoding switch { 0 => Encoding.Unicode, 1 => Encoding.BigEndianUnicode, _ => Encoding.Latin1 })
                    .GetBytes(text)),
        iter: Runs);

    [Fact]
    public void Random_xhtml_is_safe() => TextOf(HtmlParts).Sample(
        text => AssertSafe("bai.xhtml", Encoding.UTF8.GetBytes($"<?xml version='1.0'?><html xmlns='http://www.w3."
            + $"org/1999/xhtml'><body>{text}</body></html>")),
        iter: Runs);

    [Fact]
    public void Random_Markdown_is_safe() =>
        TextOf(TextParts).Sample(text => AssertSafe("bai.md", Encoding.UTF8.GetBytes(text)), iter: Runs);

    [Fact]
    public void Random_plain_text_is_safe() =>
        TextOf(TextParts).Sample(text => AssertSafe("bai.txt", Encoding.UTF8.GetBytes(text)), iter: Runs);

    [Fact]
    public void Random_Word_files_are_safe() => TextOf(WordParts).Sample(
        body => AssertSafe("bai.docx", new WordFile(body).Link("j", "javascript:alert(1)").ToBytes()), iter: Runs);

    [Fact]
    public void Mutated_html_is_safe()
    {
        var file = Encoding.UTF8.GetBytes(string.Concat(HtmlParts) + "<p>Thông báo về việc tiêm phòng</p>");
        Mutations.Sample(mutation => AssertSafe("bai.html", mutation.Apply(file)), iter: Runs);
    }

    [Fact]
    public void Mutated_Word_files_are_safe()
    {
        var file = new WordFile(string.Concat(WordParts)).Link("j", "javascript:alert(1)").ToBytes();
        Mutations.Sample(mutation => AssertSafe("bai.docx", mutation.Apply(file)), iter: Runs);
    }

    [Fact]
    public void Mutated_parts_of_Word_files_are_safe()
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(WordParts));
        Mutations.Sample(
            mutation =>
                AssertSafe(
                    "bai.docx", new WordFile(Encoding.UTF8.GetString(mutation.Apply(body)))
                        .Link("j", "javascript:alert(1)").ToBytes()), iter: Runs);
    }

    [Fact]
    public void Random_bytes_are_safe() => Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, 3]).Sample(
        (bytes, kind) =>
            AssertSafe(kind switch { 0 => "bai.html", 1 => "bai.docx", 2 => "bai.md", _ => "bai.txt" }, bytes),
            iter: Runs);

    private static Gen<Mutation> Mutations => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 1000], Gen.Int[1, 40], Gen.Byte)
        .Select((kind, place, length, value) => new Mutation(kind, place, length, value));

    private static Gen<string> TextOf(string[] parts) =>
        Gen.Int[0, parts.Length - 1].Array[1, 60]
            .Select(indexes => string.Concat(indexes.Select(index => parts[index])));

    private void AssertSafe(string name, byte[] file)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var article = _parser.Parse(ArticleName.Of(name)!, file, default);
            AssertPassive(article.Body);
        }
        catch (NotAnArticleException refused)
        {
            Assert.Contains(' ', refused.Message);
        }

        Assert.True(watch.Elapsed < TimeLimit);
    }

    /// <summary>
    /// Asserts that the body, as a browser parses it, has only known elements and attributes, and no address that runs
    /// a script.
    /// </summary>
    private static void AssertPassive(string body)
    {
        using var document = new HtmlParser().ParseDocument(body);
        Assert.Empty(document.Head!.Children);
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, Elements);
            foreach (var attribute in element.Attributes)
            {
                Assert.Contains(attribute.Name, Attributes);
            }

            AssertAddress(element.GetAttribute("href"), "http:", "https:", "mailto:", "tel:");
            AssertAddress(element.GetAttribute("src"), "data:image/");
        }
    }

    private static void AssertAddress(string? address, params string[] schemes) => Assert.True(
        address is null or ['/' or '#', ..]
            || schemes.Any(scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)), address);

    private sealed record Mutation(int Kind, int Place, int Length, byte Value)
    {
        public byte[] Apply(byte[] file)
        {
            var at = Place * (file.Length - 1) / 1000;
            return Kind switch
            {
                0 => [.. file[..at], .. file[Math.Min(file.Length, at + Length)..]],
                1 => [.. file[..at], .. Enumerable.Repeat(Value, Length), .. file[at..]],
                2 => file[..at],
                3 => [.. file[..at], (byte)(file[at] ^ (Value | 1)), .. file[(at + 1)..]],
                _ => [.. file[at..], .. file[..at]],
            };
        }
    }
}
