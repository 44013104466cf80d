using System.Diagnostics;
using Xunit.Sdk;

namespace PhucThuan.Tests;

/// <summary>Repeats an assertion until it holds or 60 seconds have passed; then the last failure is thrown.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
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
