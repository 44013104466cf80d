using Microsoft.Extensions.DependencyInjection;

namespace PhucThuan.Portal.Editors;

/// <summary>Registers the editors' desk and drafts.</summary>
internal static class EditorsServices
{
    public static IServiceCollection AddEditors(this IServiceCollection services) => services
        .AddSingleton<EditorsKey>()
        .AddHostedService(provider => provider.GetRequiredService<EditorsKey>())
        .AddSingleton<DeskReader>()
        .AddSingleton<DeskEndpoint>()
        .AddSingleton<DraftEndpoint>();
}
