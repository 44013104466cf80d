using System.Text.Json.Nodes;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>With a domain of its own the portal is reached through Front Door and its firewall, and in no other way.</summary>
internal static class FrontDoorPolicies
{
    private const string FirstRestriction = "properties.siteConfig.ipSecurityRestrictions.0";

    public static IReadOnlyList<Policy> All { get; } =
    [
        new(
            "The app is closed to all who are not let in",
            Policy.BehindFrontDoor,
            all => all.Every(Sites, site => site.Is("properties.siteConfig.ipSecurityRestrictionsDefaultAction", "Deny")),
            all => all.Single(Sites).Set("properties.siteConfig.ipSecurityRestrictionsDefaultAction", "Allow")),
        new(
            "Only Front Door is let in",
            Policy.BehindFrontDoor,
            all => all.Every(Sites, site => site.List("properties.siteConfig.ipSecurityRestrictions").Count() == 1
                && site.Is(FirstRestriction + ".tag", "ServiceTag") && site.Is(FirstRestriction + ".ipAddress", "AzureFrontDoor.Backend")),
            all => all.Single(Sites).Set(FirstRestriction + ".ipAddress", "AzureCloud")),
        new(
            "Only our own Front Door is let in, not anybody's",
            Policy.BehindFrontDoor,
            all => all.Every(Sites, site => site.Text(FirstRestriction + ".headers.x-azure-fdid.0").Contains(".frontDoorId", StringComparison.Ordinal)),
            all => all.Single(Sites).At(FirstRestriction)!.AsObject().Remove("headers")),
        new(
            "Readers are told apart by the address that Front Door saw itself",
            Policy.BehindFrontDoor,
            all => FunctionAppPolicies.Setting(all, "ReaderAddress__Header") == "X-Azure-SocketIP" ? [] : ["ReaderAddress__Header"],
            all => FunctionAppPolicies.FindSetting(all, "ReaderAddress__Header").Set("value", "X-Azure-ClientIP")),
        new(
            "Links, feeds and site maps name the domain",
            Policy.BehindFrontDoor,
            all => all.Every(Domains, domain => FunctionAppPolicies.Setting(all, "Site__Address") == "https://" + domain.Text("properties.hostName")),
            all => all.Single(Domains).Set("properties.hostName", "other.example.vn")),
        new(
            "The domain's certificate is Azure's care, and TLS 1.2 wanted",
            Policy.BehindFrontDoor,
            all => all.Every(Domains, domain => domain.Is("properties.tlsSettings.certificateType", "ManagedCertificate")
                && domain.Is("properties.tlsSettings.minimumTlsVersion", "TLS12")),
            all => all.Single(Domains).Set("properties.tlsSettings.minimumTlsVersion", "TLS10")),
        new(
            "Readers who come by HTTP are led to HTTPS",
            Policy.BehindFrontDoor,
            all => all.Every(Routes, route => route.Is("properties.httpsRedirect", "Enabled")),
            all => all.OfType(Routes)[0].Set("properties.httpsRedirect", "Disabled")),
        new(
            "Front Door asks the app by HTTPS alone",
            Policy.BehindFrontDoor,
            all => all.Every(Routes, route => route.Is("properties.forwardingProtocol", "HttpsOnly")),
            all => all.OfType(Routes)[1].Set("properties.forwardingProtocol", "MatchRequest")),
        new(
            "Front Door asks the app and checks whose certificate it shows",
            Policy.BehindFrontDoor,
            all => all.Every(Origins, origin => origin.Is("properties.enforceCertificateNameCheck", true)
                && origin.Is("properties.hostName", all.Single(Sites).Name() + ".azurewebsites.net")
                && origin.Is("properties.originHostHeader", all.Single(Sites).Name() + ".azurewebsites.net")),
            all => all.Single(Origins).Set("properties.enforceCertificateNameCheck", false)),
        new(
            "Only pictures are kept at the edge, never numbers",
            Policy.BehindFrontDoor,
            all => all.Every(Routes, route => route.At("properties.cacheConfiguration") is null
                || route.Texts("properties.patternsToMatch").SequenceEqual(["/media/*"])),
            all => all.Single(Routes, "/pages").Set("properties.cacheConfiguration", new JsonObject { ["queryStringCachingBehavior"] = "UseQueryString" })),
        new(
            "The firewall stops what it finds",
            Policy.BehindFrontDoor,
            all => all.Every(Firewalls, firewall => firewall.Is("properties.policySettings.mode", "Prevention")
                && firewall.Is("properties.policySettings.enabledState", "Enabled")),
            all => all.Single(Firewalls).Set("properties.policySettings.mode", "Detection")),
        new(
            "The firewall limits the rate of an address",
            Policy.BehindFrontDoor,
            all => all.Every(Firewalls, firewall => firewall.List("properties.customRules.rules").Any(rule =>
                rule.Is("ruleType", "RateLimitRule") && rule.Is("action", "Block") && rule.Is("enabledState", "Enabled"))),
            all => all.Single(Firewalls).Set("properties.customRules.rules.1.action", "Log")),
        new(
            "The firewall lets the methods pass that the app answers",
            Policy.BehindFrontDoor,
            all => all.Every(Firewalls, firewall => firewall.Texts("properties.customRules.rules.0.matchConditions.0.matchValue")
                .Order(StringComparer.Ordinal).SequenceEqual(["GET", "HEAD", "OPTIONS", "POST"])),
            all => all.Single(Firewalls).At("properties.customRules.rules.0.matchConditions.0.matchValue")!.AsArray().RemoveAt(2)),
        new(
            "The firewall stands before every address of the portal",
            Policy.BehindFrontDoor,
            all => all.Every(Protections, protection => protection.Is("properties.parameters.wafPolicy.id", all.Single(Firewalls).Id())
                && protection.Texts("properties.parameters.associations.0.patternsToMatch").SequenceEqual(["/*"])
                && all.OfType(FrontDoorEndpoints).Concat(all.OfType(Domains)).All(host =>
                    protection.List("properties.parameters.associations.0.domains").Any(domain => domain.Is("id", host.Id())))),
            all => all.Single(Protections).At("properties.parameters.associations.0.domains")!.AsArray().RemoveAt(0)),
        new(
            "What the firewall stopped is logged",
            Policy.BehindFrontDoor,
            all => all.OfType(FrontDoors).Where(door => !all.OfType(Diagnostics).Any(each =>
                each.Id().StartsWith(door.Id() + "/providers/", StringComparison.Ordinal)
                && each.List("properties.logs").Any(log => log.Is("category", "FrontDoorWebApplicationFirewallLog") && log.Is("enabled", true))))
                .Select(ResourceExtensions.Name),
            all => all.OfType(Diagnostics).Single(each => each.Id().Contains("/Microsoft.Cdn/", StringComparison.Ordinal)).Set("properties.logs.0.enabled", false)),
        new(
            "The firewall is of the kind that the Front Door is",
            Policy.BehindFrontDoor,
            all => all.Every(Firewalls, firewall => firewall.Is("sku.name", all.Single(FrontDoors).Text("sku.name"))),
            all => all.Single(Firewalls).Set("sku.name", "Premium_AzureFrontDoor")),
    ];
}
