using PhucThuan.LocalHost;

return await LocalHostCommand.RunAsync(args);

/// <summary>Named for <c>WebApplicationFactory</c>, by which tests start LocalHost.</summary>
public sealed partial class Program
{
    private Program()
    {
    }
}
