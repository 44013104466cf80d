using CsCheck;

namespace PhucThuan.Tests.Articles.Import.Privacy;

[Fast]
public sealed class HiddenContentTests
{
    private static readonly string[] HidingStyles =
    [
        "display:none", "DISPLAY : NONE !important", "visibility:hidden", "visibility:collapse", "mso-hide:all",
        "opacity:0", "font-size:0",
        "font-size:0.0pt", "color:transparent", "color:#fff", "content-visibility:hidden",
        "position:absolute;left:-9999px",
        "text-indent:-9999px", "height:0;overflow:hidden", "max-height:0px;overflow:hidden",
        "position:absolute;clip:rect(0,0,0,0)",
        "clip-path:inset(100%)",
    ];

    private static readonly string[] Outer = ["p", "span", "div", "b", "td", "li", "font", "section"];

    private static readonly string[] Inner = ["span", "b", "i", "font", "a", "u"];

    [Theory]
    [InlineData("<style>.x{display:none}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<STYLE type='text/css'><!-- P.An { Visibility: Hidden } --></STYLE><p>a</p><P CLASS='b An'>KÍN</P>")]
    [InlineData("<style>#k{display:none}</style><p>a</p><div id=k><p>KÍN</p></div>")]
    [InlineData("<style>div.k > p{display:none}</style><div class=k><p>KÍN</p></div><p>a</p>")]
    [InlineData("<style>p{display:none} p.y{display:block}</style><p>KÍN</p><p class=y>a</p>")]
    [InlineData("<style>.y{display:block} .y{display:none}</style><p class=y>KÍN</p><p>a</p>")]
    [InlineData(
        "<style>@media screen{.s{display:none}} @media print{.a{display:none}}</style><p class=s>KÍN</p><p class=a>"
            + "a</p>")]
    [InlineData("<style>[lang=en]{display:none}</style><p lang=en>KÍN</p><p>a</p>")]
    [InlineData("<p>a<span style='visibility:hidden'>KÍN</span></p>")]
    [InlineData("<p>a</p><template><p>KÍN</p></template><noscript>KÍN</noscript><dialog>KÍN</dialog>")]
    [InlineData("<p>a</p><p hidden=until-found>KÍN</p><datalist><option>KÍN</datalist>")]
    [InlineData("<p>a<font color=white>KÍN</font></p>")]
    [InlineData("<p>a</p><style>.x{display:none}</style><p class=x>KÍN</p>")]
    [InlineData("<p>a</p><div style='width:1px;height:1px;overflow:hidden'>KÍN</div><p style='font-size:1pt'>KÍN</p>")]
    [InlineData("<p>a</p><p style='color:white;background-color:#FFF'>KÍN</p>")]
    [InlineData("<style>body{color:#000} .t{color:#FFFFFF}</style><p>a</p><p class=t>KÍN</p>")]
    [InlineData("<p>a</p><p style='position:relative;left:-9999px'>KÍN</p>")]
    [InlineData("<p>a</p><p style='position:absolute;bottom:-9999px'>KÍN</p>")]
    [InlineData("<p>a</p><p style='position:absolute;left:-200vw'>KÍN</p>")]
    [InlineData("<p>a</p><p style='margin-left:-9999px'>KÍN</p>")]
    [InlineData("<p>a</p><p style='margin-top:-9999px'>KÍN</p><p style='scale:0'>KÍN</p>")]
    [InlineData("<p>a</p><div style='overflow-y:hidden;height:0'>KÍN</div>")]
    [InlineData("<p>a</p><p style='visibility:hidden'>KÍN<img src=media/kin.jpg alt=KÍN></p>")]
    [InlineData("<p>a</p><p style='transform:scale(0)'>KÍN</p>")]
    [InlineData("<p>a</p><p style='transform:translateX(-9999px)'>KÍN</p>")]
    [InlineData("<p>a</p><p style='filter:opacity(0)'>KÍN</p><p style='opacity:0.001'>KÍN</p>")]
    [InlineData("<p>a</p><p style='-webkit-text-fill-color:transparent'>KÍN</p>")]
    [InlineData("<p>a</p><p style='color:#fefefe'>KÍN</p><p><font color='#FEFEFE'>KÍN</font></p>")]
    [InlineData("<p>a</p><p style='zoom:0'>KÍN</p><p style='mso-hide:screen'>KÍN</p>")]
    [InlineData("<p>a</p><div popover>KÍN</div><canvas>KÍN</canvas>")]
    [InlineData("<style>:root{--giay:#fff}.x{color:var(--giay)}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<style>:root{--hien:none}.x{display:var(--hien)}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<style>html{--a:var(--b);--b:none}.x{display:var( --a )}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<p>a</p><p style='--c:white;color:var(--c)'>KÍN</p>")]
    [InlineData("<p>a</p><p style='color:var(--khong, #fff)'>KÍN</p>")]
    [InlineData("<p>a</p><div style='--v:hidden'><p style='visibility:var(--v)'>KÍN</p></div>")]
    [InlineData("<p>a</p><p style='display:var(--x, var(--y, none))'>KÍN</p>")]
    [InlineData("<p>a</p><p style='mask:linear-gradient(transparent,transparent)'>KÍN</p>")]
    [InlineData("<p>a</p><p style='-webkit-mask-image:linear-gradient(#0000,#0000)'>KÍN</p>")]
    [InlineData("<p>a</p><p style='transform:rotateY(90deg)'>KÍN</p><p style='transform:rotateX(-90deg)'>KÍN</p>")]
    [InlineData("<p>a</p><p style='rotate:y 90deg'>KÍN</p>")]
    [InlineData("<p>a</p><p style='position:absolute;left:-100%'>KÍN</p>")]
    [InlineData("<p>a</p><p style='position:fixed;right:-120%'>KÍN</p>")]
    [InlineData("<p>a</p><p style='position:absolute;left:0;transform:translateX(-100%)'>KÍN</p>")]
    [InlineData("<p>a</p><p style='text-indent:100%;white-space:nowrap;overflow:hidden'>KÍN</p>")]
    [InlineData("<p>a</p><p style='clip-path:circle(0)'>KÍN</p><p style='clip-path:ellipse(0 0)'>KÍN</p>")]
    [InlineData("<p>a</p><p style='clip-path:polygon(0 0,0 0,0 0)'>KÍN</p>")]
    [InlineData("<p>a</p><p style='transform:translate(-200vw)'>KÍN</p><p style='translate:-9999px'>KÍN</p>")]
    [InlineData("<style>@container (min-width:1px){.x{display:none}}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<style>@container hop not (width < 9px){.x{display:none}}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<style>@scope (.y) to (.z){.x{display:none}}</style><p>a</p><div class=y><p class=x>KÍN</div>")]
    [InlineData("<style>@scope{.x{display:none}}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<style>@media (hover:hover){.x{display:none}}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<style>@media screen and ( Pointer : fine ){.x{display:none}}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<style>@media (prefers-color-scheme:light){.x{display:none}}</style><p>a</p><p class=x>KÍN</p>")]
    [InlineData("<p>a</p><svg><style>.x{display:none}</style></svg><p class=x>KÍN</p>")]
    public void Text_that_a_browser_does_not_show_is_not_published(string html)
    {
        var article = ParsedFile.Of("<title>t</title>" + html);

        Assert.DoesNotContain("KÍN", ParsedFile.AllOf(article), StringComparison.Ordinal);
        Assert.Equal("<p>a</p>", article.Body.Trim());
        ParsedFile.HasRemark(article, "chữ ẩn");
    }

    [Theory]
    [InlineData("<div style='visibility:hidden'>KÍN<p style='visibility:visible'>a</p></div>")]
    [InlineData("<style>.x{display:none} p.x{display:block}</style><p class=x>a</p>")]
    [InlineData("<style>p::before{display:none} p:hover{display:none} @media print{p{display:none}}</style><p>a</p>")]
    [InlineData("<p style='background:#036;color:#fff'>a</p>")]
    [InlineData("<p style='font-size:0.5em;opacity:0.9;text-indent:-18pt'>a</p>")]
    [InlineData("<p style='position:relative;left:-5px;margin-left:-18pt;transform:scale(0.9);color:#eee'>a</p>")]
    [InlineData("<style>:root{--giay:#036;--vong:var(--vong)}</style><p style='color:var(--vong);left:var(--k)'>a</p>")]
    [InlineData("<style>:root{--nen:#036}</style><p style='background-color:var(--nen);color:var(--chu, #fff)'>a</p>")]
    [InlineData("<p style='display:var(--x, block);mask:linear-gradient(#000, transparent);rotate:z 90deg'>a</p>")]
    [InlineData("<p style='position:absolute;left:50%;transform:translate(-50%,-50%) rotate(90deg)'>a</p>")]
    [InlineData("<p style='float:left;margin-left:-100%;text-indent:100%;clip-path:circle(50%)'>a</p>")]
    [InlineData("<style>@media (prefers-color-scheme:dark){p{display:none}}</style><p>a</p>")]
    [InlineData("<style>@scope (.y){p{display:none}} @media print and (hover){p{display:none}}</style><p>a</p>")]
    public void Visible_text_stays(string html) => Assert.Equal("<p>a</p>", ParsedFile.BodyOf(html));

    [Fact]
    public void Document_properties_are_not_text() => Assert.Equal(
        "<p>a</p>",
        ParsedFile.BodyOf(
            "<xml><o:DocumentProperties><o:Author>KÍN</o:Author></o:DocumentProperties></xml><p>a</p>"));

    [Fact]
    public void Text_that_a_browser_hides_is_not_published_at_any_nesting() =>
        Gen.Select(OneOf(HidingStyles), OneOf(Outer), OneOf(Inner), Gen.Bool, Gen.Bool).Sample(
            (style, outer, inner, isSheet, isNested) =>
            {
                var hiding = isSheet ? "class=\"q\"" : $"style=\"{style}\"";
                var secret = isNested ? $"<{inner}>KÍN</{inner}>" : "KÍN";
                var hidden = $"<{outer} {hiding}>{secret}</{outer}>";
                var table = outer == "td" ? $"<table><tr>{hidden}<td>b</td></tr></table>" : hidden;
                var article = ParsedFile.Of($"<style>.q{{{style}}}</style><h1>Họp</h1><p>a</p>{table}<p>c</p>");

                Assert.DoesNotContain("KÍN", ParsedFile.AllOf(article), StringComparison.Ordinal);
            },
            iter: 200);

    private static Gen<string> OneOf(string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
