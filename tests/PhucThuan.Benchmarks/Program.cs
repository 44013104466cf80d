using PhucThuan.Benchmarks;

if (args is ["--articles", var count])
{
    await ManyArticles.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["--long-texts"])
{
    LongTexts.Run();
    return 0;
}

if (args is ["--storage-operations"])
{
    await StorageOperations.RunAsync();
    return 0;
}

if (args is ["--slow-downloads"])
{
    return await SlowDownloads.RunAsync() ? 0 : 1;
}

if (args is ["--start", .. { Length: >= 2 } folders])
{
    await StartTimes.RunAsync(folders[..^1], folders[^1]);
    return 0;
}

// Reports ratios within one run; absolute figures depend on the machine.
var seconds = args is ["--seconds", var text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 5;
Console.WriteLine($"64 clients, {seconds} s each; run in Release on an idle machine.");
await using var bench = await Bench.StartAsync();

var bare = await bench.MeasureAsync(
    "a constant of the same size, bare Kestrel",
    HttpMethod.Get,
    () => bench.BareAddress,
    seconds);
var page = await bench.MeasureAsync("an article, br", HttpMethod.Get, () => bench.ArticleAddress, seconds);
Console.WriteLine(
    $"  article / bare: {page.PerSecond / bare.PerSecond:0.00} × the throughput, p99 × {page.P99 / bare.P99:0.0}");

var naive = await bench.MeasureAsync(
    "naive visits: read, add one, If-Match, retry", HttpMethod.Post, () => bench.NaiveAddress, seconds);
var post = await bench.MeasureAsync(
    "a constant answer to POST, bare Kestrel", HttpMethod.Post, () => bench.BarePostAddress, seconds);
var visit = await bench.MeasureAsync("our visits", HttpMethod.Post, () => bench.VisitAddress, seconds);
Console.WriteLine($"  ours / naive: {visit.PerSecond / naive.PerSecond:0} × the throughput");
Console.WriteLine(
    $"  storage requests a visit: naive {naive.StorageRequests / (double)naive.Answered:0.0},"
    + $" ours {visit.StorageRequests / (double)visit.Answered:0.000}");
Console.WriteLine(
    $"  ours / bare POST: {visit.PerSecond / post.PerSecond:0.00} × the throughput, p99 × {visit.P99 / post.P99:0.0}");
return 0;
