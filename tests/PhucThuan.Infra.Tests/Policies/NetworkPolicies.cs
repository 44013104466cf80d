using System.Net;
using System.Text.Json.Nodes;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>Private network: endpoints, DNS zones, subnets and security groups.</summary>
internal static class NetworkPolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [
        new(
            "Storage accounts deny public access",
            Policy.OnPrivateNetwork,
            all => all.Every(Accounts, account => account.Is("properties.networkAcls.defaultAction", "Deny")),
            all => all.OfType(Accounts)[0].Set("properties.networkAcls.defaultAction", "Allow")),
        new(
            "Without allowed addresses, accounts have no public endpoint",
            Policy.OnPrivateNetwork,
            all =>
                all.Every(
                    Accounts,
                    account =>
                        account.Is("properties.publicNetworkAccess", "Disabled")
                            || account.List("properties.networkAcls.ipRules").Any()),
            all => all.OfType(Accounts)[1].Set("properties.publicNetworkAccess", "Enabled")),
        new(
            "Both blob services and the table service have a private endpoint",
            Policy.OnPrivateNetwork,
            all => Wanted(all).Except(all.OfType(Endpoints).Select(Target)),
            all =>
                all.Single(Endpoints, "-table")
                    .Set("properties.privateLinkServiceConnections.0.properties.groupIds.0", "queue")),
        new(
            "Every private endpoint is registered in the zone of its service",
            Policy.OnPrivateNetwork,
            all => all.OfType(Endpoints).Where(endpoint => !all.OfType(ZoneGroups).Any(group =>
                group.Name().StartsWith(endpoint.Name() + "/", StringComparison.Ordinal)
                && group.Text("properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId")
                    .EndsWith(
                        $"/privatelink.{endpoint.Text("name").Split('-')[^1]}.core.windows.net",
                        StringComparison.Ordinal)))
                .Select(ResourceExtensions.Name),
            all =>
                all.OfType(ZoneGroups)[0]
                    .Set(
                        "properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId",
                        "/zones/privatelink.file.core.windows.net")),
        new(
            "The network is linked to every zone",
            Policy.OnPrivateNetwork,
            all => all.OfType(Zones).Where(zone => !all.OfType(ZoneLinks).Any(link =>
                link.Name().StartsWith(zone.Name() + "/", StringComparison.Ordinal)
                && link.Is("properties.virtualNetwork.id", all.Single(Networks).Id()))).Select(ResourceExtensions.Name),
            all => all.Remove(all.OfType(ZoneLinks)[0])),
        new(
            "The app is in a subnet delegated to Flex Consumption",
            Policy.OnPrivateNetwork,
            all => all.Every(Sites, site => Subnet(all, "app") is var subnet
                && site.Is("properties.virtualNetworkSubnetId", all.Single(Networks).Id() + "/subnets/app")
                && subnet.Is("properties.delegations.0.properties.serviceName", "Microsoft.App/environments")),
            all =>
                Subnet(all, "app").Set("properties.delegations.0.properties.serviceName", "Microsoft.Web/serverFarms")),
        new(
            "The subnet of the app is large enough for its instances",
            Policy.OnPrivateNetwork,
            all =>
                int.Parse(Subnet(all, "app").Text("properties.addressPrefix").Split('/')[1], null) <= 26 ? [] : ["app"],
            all => Subnet(all, "app").Set("properties.addressPrefix", "10.20.0.0/28")),
        new(
            "Every subnet has a security group",
            Policy.OnPrivateNetwork,
            all =>
                all.Single(Networks)
                    .List("properties.subnets")
                    .Where(subnet => subnet.Text("properties.networkSecurityGroup.id").Length == 0)
                .Select(ResourceExtensions.Name),
            all => Subnet(all, "endpoints").Set("properties.networkSecurityGroup", null)),
        new(
            "Security groups apply to private endpoints",
            Policy.OnPrivateNetwork,
            all =>
                Subnet(all, "endpoints").Is("properties.privateEndpointNetworkPolicies", "NetworkSecurityGroupEnabled")
                    ? []
                    : ["endpoints"],
            all => Subnet(all, "endpoints").Set("properties.privateEndpointNetworkPolicies", "Disabled")),
        Policy.Exactly(
            "Security groups allow inbound HTTPS from the network only",
            Policy.OnPrivateNetwork,
            (SecurityGroups, ""),
            "properties.securityRules",
            """
            [
              {"name": "https-to-storage", "properties": {
                "access": "Allow", "direction": "Inbound", "priority": 100, "protocol": "Tcp",
                "sourceAddressPrefix": "VirtualNetwork", "sourcePortRange": "*",
                "destinationAddressPrefix": "VirtualNetwork", "destinationPortRange": "443"
              }},
              {"name": "nothing-else", "properties": {
                "access": "Deny", "direction": "Inbound", "priority": 4096, "protocol": "*",
                "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
                  "destinationPortRange": "*"
              }}
            ]
            """,
            ("properties.securityRules.0.properties.destinationPortRange", "80")),
        new(
            "Subnets are inside the address space and do not overlap",
            Policy.OnPrivateNetwork,
            all => Outside(all.Single(Networks)),
            all => Subnet(all, "endpoints").Set("properties.addressPrefix", "10.20.1.0/27")),
        Policy.Exactly(
            "Zones do not register virtual machines",
            Policy.OnPrivateNetwork,
            (ZoneLinks, ""),
            "properties.registrationEnabled",
            "false",
            ("properties.registrationEnabled", true)),
        new(
            "The network interface of a private endpoint has the name that teardown.sh expects",
            Policy.OnPrivateNetwork,
            all =>
                all.Every(
                    Endpoints,
                    endpoint => endpoint.Is("properties.customNetworkInterfaceName", endpoint.Name() + "-nic")),
            all => all.OfType(Endpoints)[0].Set("properties.customNetworkInterfaceName", "nic")),
    ];

    private static JsonNode Subnet(Resources all, string name) =>
        all.Single(Networks).List("properties.subnets").Single(subnet => subnet.Name() == name);

    private static IEnumerable<string> Outside(JsonNode network)
    {
        var all = IPNetwork.Parse(network.Texts("properties.addressSpace.addressPrefixes").Single());
        var subnets = network.List("properties.subnets")
            .Select(subnet => IPNetwork.Parse(subnet.Text("properties.addressPrefix")))
            .ToList();
        return subnets
            .Where(subnet => !all.Contains(subnet.BaseAddress) || subnet.PrefixLength < all.PrefixLength
                || subnets.Any(other => other != subnet && other.Contains(subnet.BaseAddress)))
            .Select(subnet => subnet.ToString());
    }

    private static IEnumerable<string> Wanted(Resources all) => all.OfType(Accounts)
        .SelectMany(account => account.Name().Contains("data", StringComparison.Ordinal)
            ? [account.Id() + " blob", account.Id() + " table"]
            : new[] { account.Id() + " blob" });

    private static string Target(JsonObject endpoint)
    {
        var connection = endpoint.At("properties.privateLinkServiceConnections.0.properties");
        return connection.Text("privateLinkServiceId") + " " + connection.Text("groupIds.0");
    }
}
