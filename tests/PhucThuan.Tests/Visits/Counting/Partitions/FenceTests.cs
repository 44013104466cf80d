using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Tests.Visits.Counting.Partitions;

[Fast]
public sealed class FenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_writers_last_commit_survives_a_round_trip()
    {
        var fence = Fence.Parse(Fence.Empty.With("a", 1, Now).With("b", 7, Now).With("a", 2, Now).ToString());

        Assert.Equal(2, fence.LastCommitOf("a"));
        Assert.Equal(7, fence.LastCommitOf("b"));
        Assert.Equal(0, fence.LastCommitOf("c"));
    }

    [Fact]
    public void A_writer_is_remembered_for_an_hour()
    {
        var fence = Fence.Empty.With("a", 1, Now);

        Assert.Equal(1, fence.With("b", 1, Now.AddMinutes(59)).LastCommitOf("a"));
        Assert.Equal(0, fence.With("b", 1, Now.AddMinutes(61)).LastCommitOf("a"));
    }

    [Fact]
    public void An_empty_row_is_an_empty_fence() => Assert.Equal("", Fence.Parse("").ToString());

    [Theory]
    [InlineData("a")]
    [InlineData("a:1")]
    [InlineData("a:x:1")]
    public void Anything_else_throws(string text) => Assert.Throws<FormatException>(() => Fence.Parse(text));
}
