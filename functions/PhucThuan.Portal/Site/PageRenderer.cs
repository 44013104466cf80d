using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site;

/// <summary>Renders a Razor component that is a complete HTML document.</summary>
public sealed class PageRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    public const string ContentType = "text/html; charset=utf-8";

    /// <summary>Renders a page for the cache, with the best compression.</summary>
    public async Task<EncodedBody> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent => EncodedBody.Create(await RenderBytesAsync<TPage>(parameters));

    /// <summary>Renders a page for a single request, with the fastest compression.</summary>
    public async Task<EncodedBody> RenderOnceAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent => EncodedBody.CreateQuickly(await RenderBytesAsync<TPage>(parameters));

    private async Task<byte[]> RenderBytesAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        // One scope per page, because the worker registers Razor's services as scoped.
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return Encoding.UTF8.GetBytes(html);
    }
}
