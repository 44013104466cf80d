namespace PhucThuan.Portal.Visits.Screening;

/// <summary>A check that a view must pass to be counted.</summary>
/// <param name="Name">Value of a metric's tag, such as <c>foreign</c>.</param>
/// <param name="Reason">Tallied and reported for a dropped view; null when the request is not a view.</param>
/// <param name="IsReader">True when the sender of a dropped view is a reader and counts as online.</param>
/// <param name="DropsAsync">True when the view must not be counted.</param>
public sealed record ScreeningStep(
    string Name,
    DropReason? Reason,
    bool IsReader,
    Func<ViewRequest, CancellationToken, ValueTask<bool>> DropsAsync);
