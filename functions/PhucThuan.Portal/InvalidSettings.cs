using Microsoft.Extensions.Options;

namespace PhucThuan.Portal;

/// <summary>Describes the settings that stopped the program at start.</summary>
public static class InvalidSettings
{
    /// <summary>
    /// One sentence per invalid setting; null for other failures. .NET throws an <see cref="AggregateException"/> when
    /// more than one section is invalid, and an <see cref="InvalidOperationException"/> for a value of the wrong type.
    /// </summary>
    public static string? Describe(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AggregateException several when several.InnerExceptions.All(inner => Describe(inner) is not null) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Describe)),
        InvalidOperationException { InnerException: FormatException or ArgumentException } wrongType =>
            wrongType.Message,
        _ => null,
    };
}
