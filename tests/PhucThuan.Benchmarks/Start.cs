namespace PhucThuan.Benchmarks;

/// <summary>Times since the start of a program's process, and its memory.</summary>
/// <param name="Ready">Until the worker has loaded its functions.</param>
/// <param name="Answered">Until the first response has been read.</param>
/// <param name="Megabytes">Resident memory after a pause without requests.</param>
internal sealed record Start(TimeSpan Ready, TimeSpan Answered, long Megabytes);
