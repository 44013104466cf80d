using Xunit.v3;

namespace PhucThuan.Tests;

/// <summary>
/// Puts a test class into the layer <c>fast</c>: no process, no network, no real-time delay, and less than a second of
/// processor time.
/// Run the layer with <c>--filter-trait Layer=fast</c> and the other tests with <c>--filter-not-trait Layer=fast</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FastAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Layer", "fast")];
}
