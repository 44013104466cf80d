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

if (args is ["--start" or "--cold-start", .. { Length: >= 2 } folders])
{
    await StartTimes.RunAsync(folders[..^1], folders[^1], isCold: args[0] == "--cold-start");
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
var withoutIds = await bench.MeasureAsync(
    "our counter in the same server, views without ids",
    HttpMethod.Post,
    () => bench.CounterWithoutIdsAddress,
    seconds);
var counter = await bench.MeasureAsync(
    "our counter in the same server", HttpMethod.Post, () => bench.CounterAddress, seconds);
var visit = await bench.MeasureAsync(
    "our visits, through host and worker", HttpMethod.Post, () => bench.VisitAddress, seconds);
foreach (var (name, ours) in new[]
{
    ("without ids", withoutIds), ("with ids", counter), ("with ids through host and worker", visit),
})
{
    Console.WriteLine(
        $"  ours / naive, {name}: {ours.PerSecond / naive.PerSecond:0} × the throughput,"
        + $" {ours.StorageRequests / (double)ours.Answered:0.000} storage requests a visit"
        + $" (naive {naive.StorageRequests / (double)naive.Answered:0.0})");
    Console.WriteLine(
        $"  ours / bare POST, {name}: {ours.PerSecond / post.PerSecond:0.00} × the throughput,"
        + $" p99 × {ours.P99 / post.P99:0.0}");
}

var rows = Math.Clamp((int)(counter.Answered / Math.Max(1, counter.StorageRequests)), 1, 100);
var inserts = await bench.MeasureInsertsAsync(rows, seconds);
Console.WriteLine(
    $"the emulator alone, transactions of {rows} new rows: {inserts:0} rows/s;"
    + $" our counter with ids reaches {counter.PerSecond / inserts:0.00} of that");
return 0;
