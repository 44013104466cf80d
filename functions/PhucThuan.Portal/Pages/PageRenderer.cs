using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Pages;

/// <summary>Renders a Razor component that is a whole HTML document.</summary>
public sealed class PageRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    public const string ContentType = "text/html; charset=utf-8";

    public async Task<EncodedBody> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        // A scope for each page: the worker registers Razor's services as scoped ones.
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return EncodedBody.Create(Encoding.UTF8.GetBytes(html));
    }
}
