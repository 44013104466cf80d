using Xunit.Sdk;
using Xunit.v3;

// Twice the two processors of a CI machine: most tests wait for storage, a process, a browser or a cache to expire.
[assembly: Parallelization(MaxThreads = 4)]
[assembly: TestCollectionOrderer(typeof(PhucThuan.Tests.LongestFirst))]

namespace PhucThuan.Tests;

/// <summary>Starts the longest test collections first, so that none of them runs alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>Names of collections and of classes that are a collection of their own, longest first.</summary>
    private static readonly string[] Longest =
    [
        "CommandTests", "PictureResizerTests", "CatalogueTests", "HiddenArticleTests",
        "AttackedSite", "DifficultSite", ".ReadingTests",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(RankOf)];

    private static int RankOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var index = Array.FindIndex(
            Longest, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
        return index < 0 ? Longest.Length : index;
    }
}
