namespace PhucThuan.Benchmarks;

/// <summary>One start of a program, from the start of its process.</summary>
/// <param name="Ready">Until the worker has loaded its functions.</param>
/// <param name="Answered">Until the first answer has been read.</param>
/// <param name="Megabytes">Resident memory, after the rest.</param>
internal sealed record Start(TimeSpan Ready, TimeSpan Answered, long Megabytes);
