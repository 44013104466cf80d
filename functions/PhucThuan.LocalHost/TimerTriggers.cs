using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace PhucThuan.LocalHost;

/// <summary>Runs the functions with a <see cref="TimerTriggerAttribute"/> on their schedule, in UTC as in Azure.</summary>
public sealed partial class TimerTriggers(
    FunctionAssembly functions, IServiceProvider services, TimeProvider clock, ILogger<TimerTriggers> logger)
    : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(functions.Find<TimerTriggerAttribute>().Select(function => RunAsync(function, stoppingToken)));

    private async Task RunAsync(TriggerMethod<TimerTriggerAttribute> function, CancellationToken stoppingToken)
    {
        var schedule = CrontabSchedule.Parse(
            function.Trigger.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        while (true)
        {
            await DelayUntilAsync(schedule.GetNextOccurrence(clock.GetUtcNow().UtcDateTime), stoppingToken);
            try
            {
                await InvokeAsync(function.Method, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was: as in Azure, a failed run does not end the schedule.
                Log.Failed(logger, exception, function.Name);
            }
        }
    }

    /// <summary>In steps of a day at most, as a single delay cannot be longer than 49 days.</summary>
    private async Task DelayUntilAsync(DateTime time, CancellationToken stoppingToken)
    {
        for (TimeSpan left; (left = time - clock.GetUtcNow().UtcDateTime) > TimeSpan.Zero;)
        {
            await Task.Delay(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1), clock, stoppingToken);
        }
    }

    private async Task InvokeAsync(MethodInfo method, CancellationToken stoppingToken)
    {
        await using var scope = services.CreateAsyncScope();
        var instance = ActivatorUtilities.CreateInstance(scope.ServiceProvider, method.DeclaringType!);
        var arguments = method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(CancellationToken) ? stoppingToken : (object?)null);
        await (method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, [.. arguments], culture: null) as Task
            ?? Task.CompletedTask);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Timer function {Name} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string name);
    }
}
