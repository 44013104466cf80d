namespace PhucThuan.Portal.Visits.Screening;

/// <summary>Why a view was not counted.</summary>
public enum DropReason
{
    /// <summary>The sender is a machine, see <see cref="RobotDetector"/>.</summary>
    Bot,

    /// <summary>The browser loads the page before the reader opens it, see <see cref="Prefetch"/>.</summary>
    Prefetch,

    /// <summary>A page of another site sent the request, see <see cref="OtherSites"/>.</summary>
    Foreign,

    /// <summary>The address has sent more than <see cref="VisitOptions.AddressRate"/> within a minute.</summary>
    Limited,

    /// <summary>The visitor's view of this article was counted less than 30 minutes ago.</summary>
    Repeat,

    /// <summary>There is no such article.</summary>
    Unknown,
}

/// <summary>Names of the reasons in the API and in rows.</summary>
public static class DropReasons
{
    public static IReadOnlyList<DropReason> All { get; } = Enum.GetValues<DropReason>();

    /// <summary><c>bot</c>, <c>prefetch</c>, <c>foreign</c>, <c>limited</c>, <c>repeat</c>, <c>unknown</c>.</summary>
    public static string Name(this DropReason reason) => reason.ToString().ToLowerInvariant();
}
