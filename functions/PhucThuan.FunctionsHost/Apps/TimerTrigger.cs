namespace PhucThuan.Hosting.Apps;

/// <summary>Calls a function on a schedule.</summary>
/// <param name="Parameter">Of the method; gets what the trigger knows of the schedule.</param>
/// <param name="Schedule">A cron expression of five or six fields, a time span, or <c>%NAME%</c> of an app setting with one of them.</param>
/// <param name="RunOnStartup">Whether it runs too as soon as the worker is ready.</param>
internal sealed record TimerTrigger(string Parameter, string Schedule, bool RunOnStartup)
{
    public static TimerTrigger? Find(IReadOnlyList<Binding> bindings) =>
        bindings.FirstOrDefault(binding => binding.Is("timerTrigger")) is { } trigger
            ? new TimerTrigger(trigger.Name, trigger.Text("schedule") ?? "", trigger.Flag("runOnStartup"))
            : null;
}
