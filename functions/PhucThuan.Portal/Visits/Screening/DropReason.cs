namespace PhucThuan.Portal.Visits.Screening;

/// <summary>Why a view was not counted.</summary>
public enum DropReason
{
    /// <summary>The user agent is a machine's, see <see cref="RobotDetector"/>.</summary>
    Bot,

    /// <summary>A browser loads the page before its reader has asked for it, see <see cref="Prefetch"/>.</summary>
    Prefetch,

    /// <summary>The address has sent more than <see cref="VisitOptions.AddressRate"/> within a minute.</summary>
    Limited,

    /// <summary>The visitor's view of this article was counted less than 30 minutes ago.</summary>
    Repeat,

    /// <summary>There is no such article.</summary>
    Unknown,
}

/// <summary>The reasons as the API and the rows name them.</summary>
public static class DropReasons
{
    public static IReadOnlyList<DropReason> All { get; } = Enum.GetValues<DropReason>();

    /// <summary><c>bot</c>, <c>prefetch</c>, <c>limited</c>, <c>repeat</c>, <c>unknown</c>.</summary>
    public static string Name(this DropReason reason) => reason.ToString().ToLowerInvariant();
}
