using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PhucThuan.Functions;
using PhucThuan.Portal;

namespace PhucThuan.LocalHost;

/// <summary>The web application: the services of the function app, its triggers on Kestrel.</summary>
public static class LocalHostApp
{
    public static WebApplication Build(string connectionString, int port, string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", connectionString)]);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter(null, LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateScopes = provider.ValidateOnBuild = true);

        // The worker adds MVC, which makes Razor's services scoped ones. Its keys stay in memory here.
        builder.Services.AddMvc();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddPortal();
        builder.Services.AddSingleton<LocalStorage>();
        builder.Services.TryAddSingleton(new FunctionAssembly(typeof(ArticleFunctions).Assembly));
        builder.Services.AddSingleton<FunctionKey>();
        builder.Services.AddHostedService<TimerTriggers>();

        var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.MapHttpTriggers();
        return app;
    }
}
