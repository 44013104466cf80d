using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhucThuan.Functions;
using PhucThuan.Portal;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Telemetry;

var lenientUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddPortal();
builder.AddTelemetry();
builder.Services.Configure<KestrelServerOptions>(kestrel =>
{
    kestrel.AddServerHeader = false;

    // Header bytes that are not UTF-8 become U+FFFD. By default, Kestrel answers them with an empty 400.
    kestrel.RequestHeaderEncodingSelector = _ => lenientUtf8;
});
builder.UseMiddleware(async (context, next) =>
{
    using var span = PortalActivities.StartFunction(context.FunctionDefinition.Name);
    if (context.GetHttpContext() is not { } http)
    {
        await next();
        return;
    }

    await http.RequestServices.GetRequiredService<PortalPipeline>().InvokeAsync(http, async () =>
    {
        await next();
        return context.GetInvocationResult().Value;
    });

    span?.SetTag("http.response.status_code", http.Response.StatusCode);

    // The pipeline has already executed the result, to handle its exceptions.
    context.GetInvocationResult().Value = Results.Empty;
});

try
{
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception failure) when (InvalidSettings.Describe(failure) is { } sentences)
{
    // No stack trace, which would hide the message.
    await Console.Error.WriteLineAsync(sentences);
    return 1;
}
