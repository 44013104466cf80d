using System.Text.Json.Nodes;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>
/// With a custom domain, the portal is reachable only through Front Door and its firewall.
/// </summary>
internal static class FrontDoorPolicies
{
    private const string FirstRestriction = "properties.siteConfig.ipSecurityRestrictions.0";

    public static IReadOnlyList<Policy> All { get; } =
    [
        new(
            "The app denies access by default",
            Policy.BehindFrontDoor,
            all =>
                all.Every(Sites, site => site.Is("properties.siteConfig.ipSecurityRestrictionsDefaultAction", "Deny")),
            all => all.Single(Sites).Set("properties.siteConfig.ipSecurityRestrictionsDefaultAction", "Allow")),
        new(
            "The app allows Front Door only",
            Policy.BehindFrontDoor,
            all => all.Every(Sites, site => site.List("properties.siteConfig.ipSecurityRestrictions").Count() == 1
                && site.Is(FirstRestriction + ".tag", "ServiceTag")
                    && site.Is(FirstRestriction + ".ipAddress", "AzureFrontDoor.Backend")),
            all => all.Single(Sites).Set(FirstRestriction + ".ipAddress", "AzureCloud")),
        new(
            "The app allows our own Front Door only",
            Policy.BehindFrontDoor,
            all =>
                all.Every(
                    Sites,
                    site =>
                        site.Text(FirstRestriction + ".headers.x-azure-fdid.0")
                            .Contains(".frontDoorId", StringComparison.Ordinal)),
            all => all.Single(Sites).At(FirstRestriction)!.AsObject().Remove("headers")),
        new(
            "The reader's address comes from the header of Front Door",
            Policy.BehindFrontDoor,
            all =>
                FunctionAppPolicies.Setting(all, "ReaderAddress__Header") == "X-Azure-SocketIP"
                    ? []
                    : ["ReaderAddress__Header"],
            all => FunctionAppPolicies.FindSetting(all, "ReaderAddress__Header").Set("value", "X-Azure-ClientIP")),
        new(
            "Links, feeds and site maps use the domain",
            Policy.BehindFrontDoor,
            all =>
                all.Every(
                    Domains,
                    domain =>
                        FunctionAppPolicies.Setting(all, "Site__Address") == "https://"
                            + domain.Text("properties.hostName")),
            all => all.Single(Domains).Set("properties.hostName", "other.example.vn")),
        new(
            "The domain has a managed certificate and TLS 1.2",
            Policy.BehindFrontDoor,
            all =>
                all.Every(Domains, domain => domain.Is("properties.tlsSettings.certificateType", "ManagedCertificate")
                && domain.Is("properties.tlsSettings.minimumTlsVersion", "TLS12")),
            all => all.Single(Domains).Set("properties.tlsSettings.minimumTlsVersion", "TLS10")),
        new(
            "HTTP redirects to HTTPS",
            Policy.BehindFrontDoor,
            all => all.Every(Routes, route => route.Is("properties.httpsRedirect", "Enabled")),
            all => all.OfType(Routes)[0].Set("properties.httpsRedirect", "Disabled")),
        new(
            "Front Door forwards with HTTPS only",
            Policy.BehindFrontDoor,
            all => all.Every(Routes, route => route.Is("properties.forwardingProtocol", "HttpsOnly")),
            all => all.OfType(Routes)[1].Set("properties.forwardingProtocol", "MatchRequest")),
        new(
            "Front Door verifies the certificate of the app",
            Policy.BehindFrontDoor,
            all => all.Every(Origins, origin => origin.Is("properties.enforceCertificateNameCheck", true)
                && origin.Is("properties.hostName", all.Single(Sites).Name() + ".azurewebsites.net")
                && origin.Is("properties.originHostHeader", all.Single(Sites).Name() + ".azurewebsites.net")),
            all => all.Single(Origins).Set("properties.enforceCertificateNameCheck", false)),
        Policy.Exactly(
            "The origin is enabled",
            Policy.BehindFrontDoor,
            (Origins, ""),
            "properties.enabledState properties.httpsPort",
            """["Enabled", 443]""",
            ("properties.enabledState", "Disabled")),
        Route(
            "Pages and numbers are not cached at the edge",
            "/pages",
            """["/*"], null""",
            ("cacheConfiguration", new JsonObject())),
        Route(
            "Pictures are cached at the edge, one entry for each width",
            "/media",
            """
            ["/media/*"], {"queryStringCachingBehavior": "IncludeSpecifiedQueryStrings", "queryParameters": "w"}
            """,
            ("cacheConfiguration.queryStringCachingBehavior", "IgnoreQueryString")),
        Policy.Exactly(
            "Front Door removes the header that makes the Functions host hang",
            Policy.BehindFrontDoor,
            (Rules, "/invocationid"),
            "properties.matchProcessingBehavior properties.conditions properties.actions",
            """
            ["Continue", [], [{
              "name": "ModifyRequestHeader",
              "parameters": {
                "typeName": "DeliveryRuleHeaderActionParameters", "headerAction": "Delete",
                  "headerName": "x-ms-invocation-id"
              }
            }]]
            """,
            ("properties.actions.0.parameters.headerAction", "Overwrite")),
        Policy.Exactly(
            "Resized pictures come from the cache only for clients that name WebP, because it ignores Vary",
            Policy.BehindFrontDoor,
            (Rules, "/withoutwebp"),
            "properties.matchProcessingBehavior properties.conditions properties.actions",
            """
            ["Continue", [{
              "name": "QueryString",
              "parameters": {
                "typeName": "DeliveryRuleQueryStringConditionParameters", "operator": "Contains",
                "negateCondition": false, "matchValues": ["w="], "transforms": []
              }
            }, {
              "name": "RequestHeader",
              "parameters": {
                "typeName": "DeliveryRuleRequestHeaderConditionParameters", "selector": "Accept",
                "operator": "Contains", "negateCondition": true, "matchValues": ["image/webp"],
                "transforms": ["Lowercase"]
              }
            }], [{
              "name": "RouteConfigurationOverride",
              "parameters": {"typeName": "DeliveryRuleRouteConfigurationOverrideActionParameters"}
            }]]
            """,
            ("properties.conditions.1.parameters.negateCondition", false)),
        new(
            "Both routes apply the rules for requests",
            Policy.BehindFrontDoor,
            all => all.Every(Routes, route => route.List("properties.ruleSets")
                .Select(rules => rules.Id())
                .SequenceEqual([all.Single(RuleSets).Id()])),
            all => all.OfType(Routes)[0].Set("properties.ruleSets", new JsonArray())),
        new(
            "Both routes serve the domain",
            Policy.BehindFrontDoor,
            all =>
                all.Every(
                    Routes,
                    route =>
                        route.List("properties.customDomains")
                            .Select(domain => domain.Id())
                            .SequenceEqual([all.Single(Domains).Id()])),
            all => all.OfType(Routes)[1].Set("properties.customDomains", new JsonArray())),
        Policy.Exactly(
            "The firewall is in prevention mode",
            Policy.BehindFrontDoor,
            (Firewalls, ""),
            "properties.policySettings",
            """{"enabledState": "Enabled", "mode": "Prevention", "requestBodyCheck": "Enabled"}""",
            ("properties.policySettings.mode", "Detection")),
        Policy.Exactly(
            "The firewall allows only the methods that the app uses",
            Policy.BehindFrontDoor,
            (Firewalls, ""),
            "properties.customRules.rules.0",
            """
            {
              "name": "methods", "priority": 10, "ruleType": "MatchRule", "action": "Block", "enabledState": "Enabled",
              "matchConditions": [{
                "matchVariable": "RequestMethod", "operator": "Equal", "negateCondition": true, "matchValue": ["GET",
                  "HEAD", "POST", "OPTIONS"]
              }]
            }
            """,
            ("properties.customRules.rules.0.matchConditions.0.negateCondition", false)),
        Policy.Exactly(
            "The firewall has a rate limit per address, far above a school's traffic",
            Policy.BehindFrontDoor,
            (Firewalls, ""),
            "properties.customRules.rules.1",
            """
            {
              "name": "rate", "priority": 20, "ruleType": "RateLimitRule", "action": "Block", "enabledState": "Enabled",
              "rateLimitDurationInMinutes": 1, "rateLimitThreshold": 3000,
              "matchConditions": [{
                "matchVariable": "SocketAddr", "operator": "IPMatch", "negateCondition": false,
                  "matchValue": ["0.0.0.0/0", "::/0"]
              }]
            }
            """,
            ("properties.customRules.rules.1.rateLimitThreshold", 3)),
        Policy.Exactly(
            "The firewall has no other custom rules",
            Policy.BehindFrontDoor,
            (Firewalls, ""),
            "properties.customRules.rules.2 properties.managedRules",
            "[null, null]",
            ("properties.managedRules", new JsonObject())),
        new(
            "The firewall covers every host name of the portal",
            Policy.BehindFrontDoor,
            all =>
                all.Every(
                    Protections,
                    protection => protection.Is("properties.parameters.wafPolicy.id", all.Single(Firewalls).Id())
                && protection.Texts("properties.parameters.associations.0.patternsToMatch").SequenceEqual(["/*"])
                && all.OfType(FrontDoorEndpoints).Concat(all.OfType(Domains)).All(host =>
                    protection.List("properties.parameters.associations.0.domains")
                        .Any(domain => domain.Is("id", host.Id())))),
            all => all.Single(Protections).At("properties.parameters.associations.0.domains")!.AsArray().RemoveAt(0)),
        new(
            "Blocked requests are logged",
            Policy.BehindFrontDoor,
            all => all.OfType(FrontDoors).Where(door => !all.OfType(Diagnostics).Any(each =>
                each.Id().StartsWith(door.Id() + "/providers/", StringComparison.Ordinal)
                && each.List("properties.logs")
                    .Any(log => log.Is("category", "FrontDoorWebApplicationFirewallLog") && log.Is("enabled", true))))
                .Select(ResourceExtensions.Name),
            all =>
                all.OfType(Diagnostics)
                    .Single(each => each.Id().Contains("/Microsoft.Cdn/", StringComparison.Ordinal))
                    .Set("properties.logs.0.enabled", false)),
        new(
            "The firewall has the SKU of the Front Door",
            Policy.BehindFrontDoor,
            all => all.Every(Firewalls, firewall => firewall.Is("sku.name", all.Single(FrontDoors).Text("sku.name"))),
            all => all.Single(Firewalls).Set("sku.name", "Premium_AzureFrontDoor")),
    ];

    private static Policy Route(
        string name, string part, string patternsAndCache, (string Part, JsonNode? Value) breakTo) => Policy.Exactly(
        name,
        Policy.BehindFrontDoor,
        (Routes, part),
        "properties.enabledState properties.linkToDefaultDomain properties.supportedProtocols "
            + "properties.patternsToMatch properties.cacheConfiguration",
        $"""["Enabled", "Enabled", ["Http", "Https"], {patternsAndCache}]""",
        ("properties." + breakTo.Part, breakTo.Value));
}
