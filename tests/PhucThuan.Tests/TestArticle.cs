namespace PhucThuan.Tests;

/// <summary>An article that uses every part of a page.</summary>
public static class TestArticle
{
    public const string Slug = "hop-dan-xom-doi-co";

    public const string Html = """
        <!doctype html>
        <html lang="vi"><head><meta charset="utf-8">
        <title>Họp dân xóm Đồi Cọ</title>
        <meta name="author" content="Ban Biên tập">
        <meta name="date" content="2021-10-02T09:40:00+07:00">
        <meta name="description" content="Bàn việc làm đường.">
        <meta name="category" content="Tin tức">
        </head><body><article><p>Bà con bàn việc làm đường.</p><script>alert(1)</script></article></body></html>
        """;
}
