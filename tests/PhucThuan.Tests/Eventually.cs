using System.Diagnostics;
using Xunit.Sdk;

namespace PhucThuan.Tests;

/// <summary>For what comes true in its own time: asks again until it holds, and tells the last failure.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task AssertAsync(Func<Task> assertion)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception failure) when (failure is XunitException or HttpRequestException && watch.Elapsed < Limit)
            {
                await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }
}
