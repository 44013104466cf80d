namespace PhucThuan.Tests.Articles.Import.Lists;

/// <summary>Lists keep the format of their numbers.</summary>
[Fast]
public sealed class ListTypesTests
{
    [Theory]
    [InlineData("upper-roman", "I")]
    [InlineData("lower-roman", "i")]
    [InlineData("upper-alpha", "A")]
    [InlineData("upper-latin", "A")]
    [InlineData("lower-alpha", "a")]
    [InlineData("lower-latin", "a")]
    public void A_list_style_becomes_an_attribute_of_the_list(string style, string type)
    {
        foreach (var html in new[]
        {
            $"<ol style='list-style-type:{style}'><li>một</li></ol>",
            $"<ol style='list-style:{style} outside'><li>một</li></ol>",
            $"<style>.k{{list-style-type:{style}}}</style><ol class=k><li>một</li></ol>",
            $"<style>li.k{{LIST-STYLE-TYPE: {style}}}</style><ol><li class=k>một</li></ol>",
            $"<ul style='list-style-type:{style}'><li>một</li></ul>",
        })
        {
            Assert.Equal($"<ol type=\"{type}\"><li>một</li></ol>", ParsedFile.BodyOf(html));
        }
    }

    [Theory]
    [InlineData("<ol><li>một</li></ol>", "<ol><li>một</li></ol>")]
    [InlineData("<ol style='list-style-type:decimal' start=3><li>ba</li></ol>", "<ol start=\"3\"><li>ba</li></ol>")]
    [InlineData("<ol style='list-style-type:disc'><li>một</li></ol>", "<ul><li>một</li></ul>")]
    [InlineData("<ul style='list-style-type:decimal'><li>một</li></ul>", "<ol><li>một</li></ol>")]
    [InlineData("<ol type=a start=2><li>b</li></ol>", "<ol type=\"a\" start=\"2\"><li>b</li></ol>")]
    public void Bullets_and_numbers_are_distinguished(string html, string body) =>
        Assert.Equal(body, ParsedFile.BodyOf(html));

    [Theory]
    [InlineData(
        ".lst-kix_k-0>li:before{content:\"\" counter(lst-ctn-kix_k-0,upper-roman) \". \"}.lst-kix_k-1>"
            + "li:before{content:\"\" counter(lst-ctn-kix_k-1,lower-latin) \") \"}")]
    [InlineData(
        ".lst-kix_k-0 > li::before { content: \"Phần \" counter(lst-ctn-kix_k-0, upper-roman) } .lst-kix_k-1 > "
            + "li::before { content: counter(lst-ctn-kix_k-1, lower-latin) }")]
    public void Counters_of_Google_Docs_set_the_number_format(string sheet) => Assert.Equal(
        "<ol start=\"1\" type=\"I\"><li>Mục đích<ol type=\"a\"><li>Đúng tiến độ</li><li>Tiết kiệm</li></ol></li><li>"
            + "Yêu cầu</li></ol>",
        ParsedFile.BodyOf($"""
            <style>{sheet}</style><ol class="c2 lst-kix_k-0 start" start="1"><li class=c0>Mục đích</li></ol><ol
              class="lst-kix_k-1 start"><li>Đúng tiến độ</li><li>Tiết kiệm</li></ol><ol class="lst-kix_k-0"
              start="2"><li>Yêu cầu</li></ol>
            """));
}
