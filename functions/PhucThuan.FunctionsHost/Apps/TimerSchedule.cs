using System.Globalization;
using NCrontab;

namespace PhucThuan.Hosting.Apps;

/// <summary>Parses the schedule of a timer trigger.</summary>
internal static class TimerSchedule
{
    private const int FieldsWithSeconds = 6;

    /// <summary>Returns a function from a time to the next occurrence after it, both in UTC.</summary>
    /// <exception cref="FunctionsHostException">
    /// The schedule is neither a cron expression nor a time span, or names a missing app setting.
    /// </exception>
    public static Func<DateTime, DateTime> Parse(Function function, IReadOnlyDictionary<string, string?> settings)
    {
        var text = Resolve(function, settings);
        var hasSeconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == FieldsWithSeconds;
        if (
            CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds }) is
            { } cron)
        {
            return cron.GetNextOccurrence;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? time => time + interval
            : throw new FunctionsHostException(
                $"The schedule of function {function.Name} is '{text}'; allowed is a cron expression of five or six"
                    + " fields (0 */5 * * * *) or a time span (00:05:00).");
    }

    private static string Resolve(Function function, IReadOnlyDictionary<string, string?> settings)
    {
        var text = function.Timer!.Schedule;
        if (text is not ['%', .. var name, '%'])
        {
            return text;
        }

        return settings.GetValueOrDefault(name)
            ?? Environment.GetEnvironmentVariable(name)
            ?? throw new FunctionsHostException(
                $"The schedule of function {function.Name} is {text}, but there is no app setting {name}.");
    }
}
