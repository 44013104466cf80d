namespace PhucThuan.Hosting.Apps;

/// <summary>Timer trigger of a function.</summary>
/// <param name="Parameter">Name of the method's parameter that receives the timer's state.</param>
/// <param name="Schedule">
/// Cron expression with five or six fields, a time span, or <c>%NAME%</c> of an app setting that has one of them.
/// </param>
/// <param name="RunOnStartup">True to run also when the worker becomes ready.</param>
internal sealed record TimerTrigger(string Parameter, string Schedule, bool RunOnStartup)
{
    public static TimerTrigger? Find(IReadOnlyList<Binding> bindings) =>
        bindings.FirstOrDefault(binding => binding.Is("timerTrigger")) is { } trigger
            ? new TimerTrigger(trigger.Name, trigger.Text("schedule") ?? "", trigger.Flag("runOnStartup"))
            : null;
}
