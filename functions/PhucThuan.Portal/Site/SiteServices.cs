using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Contact;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Site;

/// <summary>Registers layout, assets, error pages and the pipeline.</summary>
internal static class SiteServices
{
    public static IServiceCollection AddSite(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ReaderAddressOptions>, ReaderAddressOptionsValidator>();
        services.AddOptionsWithValidateOnStart<ReaderAddressOptions>().BindConfiguration(ReaderAddressOptions.Section);
        services.AddSingleton<IValidateOptions<SiteOptions>, SiteOptionsValidator>();
        services.AddOptionsWithValidateOnStart<SiteOptions>().BindConfiguration(SiteOptions.Section);
        services.AddSingleton<IValidateOptions<ContactOptions>, ContactOptionsValidator>();
        services.AddOptionsWithValidateOnStart<ContactOptions>().BindConfiguration(ContactOptions.Section);
        return services
            // Razor's default encoder escapes Vietnamese letters as &#x...;, which enlarges pages by half.
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
            .AddSingleton<Assets>()
            .AddSingleton<SiteAddress>()
            .AddSingleton<SiteNotices>()
            .AddSingleton<SiteManifest>()
            .AddSingleton<QrCodes>()
            .AddSingleton<PageRenderer>()
            .AddSingleton(typeof(FixedPage<>))
            .AddSingleton<ErrorPages>()
            .AddSingleton<ReaderAddress>()
            .AddSingleton<PortalPipeline>();
    }
}
