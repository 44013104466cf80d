using System.Text.RegularExpressions;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Privacy;

/// <summary>
/// Resolves <c>var(--name, fallback)</c>, which AngleSharp.Css does not, with the custom property of the element or its
/// nearest ancestor (CSS Custom Properties, 3).
/// </summary>
internal static partial class CustomProperties
{
    /// <summary>Maximum depth of references, which may be circular.</summary>
    private const int MaxDepth = 10;

    /// <summary>Maximum length of a value, which references can multiply.</summary>
    private const int MaxLength = 2000;

    private static readonly CssParser Parser = new(new CssParserOptions { IsIncludingUnknownDeclarations = true });

    /// <param name="declared">The declared value of a property of an element; empty without one.</param>
    /// <returns>The value as serialised by AngleSharp.Css; empty when it is invalid.</returns>
    public static string Resolve(
        IElement element, string property, string value, Func<IElement, string, string> declared)
    {
        for (var depth = 0; depth < MaxDepth && Reference().IsMatch(value) && value.Length <= MaxLength; depth++)
        {
            value = Reference().Replace(value, reference =>
                Find(element, reference.Groups["name"].Value, declared) ?? reference.Groups["fallback"].Value.Trim());
        }

        return value.Length > MaxLength || Reference().IsMatch(value)
            ? ""
            : Parser.ParseDeclaration($"{property}:{value}")?.GetPropertyValue(property) ?? "";
    }

    private static string? Find(IElement? element, string name, Func<IElement, string, string> declared)
    {
        for (; element is not null; element = element.ParentElement)
        {
            if (declared(element, name) is { Length: > 0 } value)
            {
                return value.Trim();
            }
        }

        return null;
    }

    // The innermost reference: its fallback contains no other reference.
    [GeneratedRegex(
        @"var\(\s*(?<name>--[^\s,()]+)\s*(?:,(?<fallback>(?:(?!var\()[^()]|\([^()]*\))*))?\)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
