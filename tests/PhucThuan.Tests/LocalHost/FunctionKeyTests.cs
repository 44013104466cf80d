using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests.LocalHost;

public sealed class FunctionKeyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_setting_the_key_is_random_and_no_key_opens_nothing(string? setting)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("FunctionKey", setting)]).Build();
        var key = new FunctionKey(settings);

        Assert.False(key.Admits(new DefaultHttpContext().Request, AuthorizationLevel.Function));
        Assert.Matches("^[0-9a-f]{32}$", key.Value);
        Assert.NotEqual(key.Value, new FunctionKey(settings).Value);
    }
}
