metadata description = 'The function app on Flex Consumption, with its settings.'

param name string
param location string
param tags object
param identityName string
param hostStorageName string
param contentStorageName string

@description('core.windows.net in public Azure.')
param storageSuffix string
param applicationInsightsName string
param workspaceId string
param siteName string
param siteDescription string
param siteContact string
param contact object
param face object

@description('Public address of the portal, https://…')
param siteAddress string
param zoneRedundant bool
param alwaysReadyInstances int
param maximumInstances int
param instanceMemory int

@description('Requests that one instance serves at a time before another instance is started.')
param concurrentRequests int

@description('Redirect readers of big files to storage.')
param linksToStorage bool

@description('Let the timer Housekeeping check the portal.')
param selfCheck bool

@description('How a new package replaces the running one: Recreate or RollingUpdate.')
param siteUpdateStrategy string

@description('False sets WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED to 0.')
param usePlaceholder bool

@description('Subnet for outbound requests of the app; empty for none.')
param subnetId string

@description('Name of the Front Door that may call the app; empty allows everyone.')
param frontDoorName string

var behindFrontDoor = !empty(frontDoorName)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource frontDoor 'Microsoft.Cdn/profiles@2025-04-15' existing = if (behindFrontDoor) {
  name: behindFrontDoor ? frontDoorName : 'none'
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

// No settings for runtime and host version: Flex Consumption takes them from functionAppConfig.
var measuringTag = face.?measuringTag ?? ''
var settings = concat(
  usePlaceholder ? [] : [{ name: 'WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED', value: '0' }],
  empty(measuringTag) ? [] : [{ name: 'Site__MeasuringTag', value: measuringTag }],
  [
    { name: 'AzureWebJobsStorage__accountName', value: hostStorageName }
    { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
    { name: 'AzureWebJobsStorage__clientId', value: identity.properties.clientId }
    { name: 'AzureWebJobsDisableHomepage', value: 'true' }
    // Two log lines per invocation would dominate the log bill. Warnings and errors are logged.
    { name: 'AzureFunctionsJobHost__logging__logLevel__Function', value: 'Warning' }
    { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: applicationInsights.properties.ConnectionString }
    {
      name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
      value: 'ClientId=${identity.properties.clientId};Authorization=AAD'
    }
    // The host's spans are not recorded, because they contain user agents and paths, including those of editors' links.
    // The app samples its own spans.
    { name: 'OTEL_TRACES_SAMPLER', value: 'microsoft.fixed_percentage' }
    { name: 'OTEL_TRACES_SAMPLER_ARG', value: '0' }
    // Disables the exporter's statistics about itself, which go to Microsoft and are billed as metrics.
    { name: 'APPLICATIONINSIGHTS_STATSBEAT_DISABLED', value: 'true' }
    { name: 'APPLICATIONINSIGHTS_SDKSTATS_DISABLED', value: 'true' }
    { name: 'Storage__AccountName', value: contentStorageName }
    { name: 'Storage__ClientId', value: identity.properties.clientId }
    { name: 'Media__RedirectMegabytes', value: linksToStorage ? '1' : '0' }
    { name: 'SelfCheck__Enabled', value: string(selfCheck) }
    { name: 'Site__Name', value: siteName }
    { name: 'Site__Description', value: siteDescription }
    { name: 'Site__Contact', value: siteContact }
    { name: 'Site__Emblem', value: face.?emblem ?? '' }
    { name: 'Site__Banner', value: face.?banner ?? '' }
    { name: 'Site__Accent', value: face.?accent ?? '' }
    { name: 'Site__AccentDark', value: face.?accentDark ?? '' }
    { name: 'Contact__Body', value: contact.?body ?? '' }
    { name: 'Contact__Person', value: contact.?person ?? '' }
    { name: 'Contact__Licence', value: contact.?licence ?? '' }
    { name: 'Contact__Address', value: contact.?address ?? '' }
    { name: 'Contact__Hours', value: contact.?hours ?? '' }
    { name: 'Contact__Phones', value: contact.?phones ?? '' }
    { name: 'Contact__Email', value: contact.?email ?? '' }
    { name: 'Contact__Links', value: contact.?links ?? '' }
    { name: 'Site__Address', value: siteAddress }
    // A direct caller could forge X-Azure-SocketIP, so the app trusts it only when all requests come from Front Door.
    { name: 'ReaderAddress__Header', value: behindFrontDoor ? 'X-Azure-SocketIP' : 'CLIENT-IP' }
  ]
)

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'portal' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: 'https://${hostStorageName}.blob.${storageSuffix}/deployment'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      // A preview, which the types do not know yet.
      #disable-next-line BCP037
      siteUpdateStrategy: siteUpdateStrategy == 'Recreate' ? null : { type: siteUpdateStrategy }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemory
        maximumInstanceCount: maximumInstances
        // The default (16 at 2048 MiB, 4 at 512 MiB) would spread visits over many instances and defeat group commit.
        triggers: { http: { perInstanceConcurrency: concurrentRequests } }
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
      }
    }
    // Do not add ftpsState or similar properties: Flex Consumption refuses them with error 51021.
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      remoteDebuggingEnabled: false
      appSettings: settings
      ipSecurityRestrictionsDefaultAction: behindFrontDoor ? 'Deny' : 'Allow'
      ipSecurityRestrictions: behindFrontDoor
        ? [
            {
              name: 'front-door'
              action: 'Allow'
              priority: 100
              tag: 'ServiceTag'
              ipAddress: 'AzureFrontDoor.Backend'
              headers: { 'x-azure-fdid': [frontDoor!.properties.frontDoorId] }
            }
          ]
        : []
      // Publishing endpoint, protected by Entra tokens. It is public: a GitHub runner has no fixed address.
      scmIpSecurityRestrictionsUseMain: false
      scmIpSecurityRestrictionsDefaultAction: 'Allow'
    }
  }

  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noPublishPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}
