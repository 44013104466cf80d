namespace PhucThuan.Infra.Tests.Policies;

/// <summary>Resource types, as templates name them.</summary>
internal static class Types
{
    public const string Accounts = "Microsoft.Storage/storageAccounts";
    public const string BlobServices = "Microsoft.Storage/storageAccounts/blobServices";
    public const string Containers = "Microsoft.Storage/storageAccounts/blobServices/containers";
    public const string TableServices = "Microsoft.Storage/storageAccounts/tableServices";
    public const string Tables = "Microsoft.Storage/storageAccounts/tableServices/tables";
    public const string Lifecycles = "Microsoft.Storage/storageAccounts/managementPolicies";
    public const string Locks = "Microsoft.Authorization/locks";
    public const string Roles = "Microsoft.Authorization/roleAssignments";
    public const string Diagnostics = "Microsoft.Insights/diagnosticSettings";
    public const string Plans = "Microsoft.Web/serverfarms";
    public const string Sites = "Microsoft.Web/sites";
    public const string PublishingPasswords = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";
    public const string Workspaces = "Microsoft.OperationalInsights/workspaces";
    public const string Insights = "Microsoft.Insights/components";
    public const string Workbooks = "Microsoft.Insights/workbooks";
    public const string LogAlerts = "Microsoft.Insights/scheduledQueryRules";
    public const string MetricAlerts = "Microsoft.Insights/metricAlerts";
    public const string ActionGroups = "Microsoft.Insights/actionGroups";
    public const string WebTests = "Microsoft.Insights/webtests";
    public const string Budgets = "Microsoft.Consumption/budgets";
    public const string Networks = "Microsoft.Network/virtualNetworks";
    public const string SecurityGroups = "Microsoft.Network/networkSecurityGroups";
    public const string Endpoints = "Microsoft.Network/privateEndpoints";
    public const string ZoneGroups = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";
    public const string Zones = "Microsoft.Network/privateDnsZones";
    public const string ZoneLinks = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";
    public const string FrontDoors = "Microsoft.Cdn/profiles";
    public const string FrontDoorEndpoints = "Microsoft.Cdn/profiles/afdEndpoints";
    public const string Routes = "Microsoft.Cdn/profiles/afdEndpoints/routes";
    public const string Domains = "Microsoft.Cdn/profiles/customDomains";
    public const string Origins = "Microsoft.Cdn/profiles/originGroups/origins";
    public const string RuleSets = "Microsoft.Cdn/profiles/ruleSets";
    public const string Rules = "Microsoft.Cdn/profiles/ruleSets/rules";
    public const string Protections = "Microsoft.Cdn/profiles/securityPolicies";
    public const string Firewalls = "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies";
}
