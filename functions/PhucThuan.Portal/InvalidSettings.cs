using Microsoft.Extensions.Options;

namespace PhucThuan.Portal;

/// <summary>What to say when settings stop the program from starting.</summary>
public static class InvalidSettings
{
    /// <summary>
    /// A sentence for each bad setting, or null when something else went wrong. .NET throws an
    /// <see cref="AggregateException"/> when more than one section is bad, and an
    /// <see cref="InvalidOperationException"/> for a value of the wrong type.
    /// </summary>
    public static string? Describe(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AggregateException several when several.InnerExceptions.All(inner => Describe(inner) is not null) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Describe)),
        InvalidOperationException { InnerException: FormatException or ArgumentException } wrongType => wrongType.Message,
        _ => null,
    };
}
