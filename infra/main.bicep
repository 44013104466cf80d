targetScope = 'subscription'

metadata description = 'The portal in one resource group. See infra/README.md.'

import { contactType, faceType } from 'modules/types.bicep'

@description('First part of every resource name: lower-case letters and digits, starting with a letter.')
@minLength(3)
@maxLength(12)
param name string = 'phucthuan'

@description('Environment: commune, dev or prod.')
@minLength(2)
@maxLength(10)
param environmentName string

@description('Azure region. Flex Consumption must be offered there: az functionapp list-flexconsumption-locations.')
param location string

@description('Name of the portal in the page header.')
@minLength(1)
@maxLength(100)
param siteName string

@description('One sentence about the portal, for search engines.')
@minLength(1)
@maxLength(300)
param siteDescription string

@description('Responsible body and contact in the footer, lines separated by |; empty for none.')
@maxLength(500)
param siteContact string = ''

@description('Who is responsible for the portal and how to reach them. See docs/settings.md, section Contact.')
param contact contactType = {}

@description('Emblem, banner and colours of the portal. See docs/settings.md, section Site.')
param face faceType = {}

@description('Custom domain, served by Front Door as the only caller of the app; empty for none.')
param customDomain string = ''

@description('Object id of the Entra group of editors; empty for no role assignments.')
param editorsGroupId string = ''

@description('Email address for alerts and budget warnings.')
param alertEmail string

@description('Monthly budget in the currency of the subscription.')
@minValue(1)
param monthlyBudget int

@description('First day of the month in which the budget started. Azure refuses changes.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('Distribute storage and instances over three zones.')
param zoneRedundant bool

@description('Always-ready instances; with 0, the first reader after a pause waits for a cold start.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int

@description('Maximum number of instances.')
@minValue(40)
@maxValue(1000)
param maximumInstances int

@description('Memory of an instance in MiB; CPU is proportional, one core at 2048.')
@allowed([512, 2048, 4096])
param instanceMemory int

@description('Requests that one instance serves at a time before another instance is started.')
@minValue(1)
@maxValue(1000)
param concurrentRequests int = 100

@description('Start from a warm placeholder process; false if instances crash (azure-functions-dotnet-worker#3335).')
param usePlaceholder bool = true

@description('How a new package replaces the running one. RollingUpdate (a preview) lets running requests end.')
@allowed(['Recreate', 'RollingUpdate'])
param siteUpdateStrategy string = 'Recreate'

@description('Reach storage through private endpoints on a virtual network.')
param privateNetwork bool

@description('With privateNetwork: public IPv4 addresses or ranges that may reach storage, such as an office.')
param allowedAddresses array = []

@description('Let a timer of the app check the portal, with one alert, instead of several tests and alerts.')
param selfCheck bool

@description('Lock the account of articles and visits against deletion.')
param deleteLock bool

@description('Retention of logs in days.')
@minValue(30)
@maxValue(730)
param logDays int

var suffix = uniqueString(subscription().id, name, environmentName, location)
var resourceGroupName = 'rg-${name}-${environmentName}'
var functionAppName = 'func-${name}-${environmentName}-${take(suffix, 6)}'
var identityName = 'id-${name}-${environmentName}'
var hostStorageName = '${take(name, 7)}host${suffix}'
var contentStorageName = '${take(name, 7)}data${suffix}'
var workspaceName = 'log-${name}-${environmentName}'
var applicationInsightsName = 'appi-${name}-${environmentName}'
var networkName = 'vnet-${name}-${environmentName}'
var frontDoorName = 'afd-${name}-${environmentName}'
var hasFrontDoor = !empty(customDomain)
var appHostName = '${functionAppName}.azurewebsites.net'
var publicUrl = 'https://${hasFrontDoor ? customDomain : appHostName}'
// Front Door buffers and caches big files itself; a private network keeps readers from storage.
var linksToStorage = !hasFrontDoor && !privateNetwork
// Public Azure, as in the code of the portal. Snapshots cannot evaluate environment().
#disable-next-line no-hardcoded-env-urls
var storageSuffix = 'core.windows.net'
// Computed from names instead of module outputs, so that what-if and snapshots can evaluate them.
var workspaceId = resourceId(
  subscription().subscriptionId,
  resourceGroupName,
  'Microsoft.OperationalInsights/workspaces',
  workspaceName
)
var subnetId = resourceId(
  subscription().subscriptionId,
  resourceGroupName,
  'Microsoft.Network/virtualNetworks/subnets',
  networkName,
  'app'
)
var tags = {
  project: name
  environment: environmentName
  'azd-env-name': environmentName
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: identityName, location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    displayName: 'Portal ${name} ${environmentName}'
    workspaceName: workspaceName
    applicationInsightsName: applicationInsightsName
    location: location
    tags: tags
    logDays: logDays
  }
}

// Packages, keys and timer state of the Functions host.
module hostStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: hostStorageName
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    containers: ['deployment', 'packages']
    tables: []
    keepsVersions: false
    deleteLock: false
    privateNetwork: privateNetwork
    allowedAddresses: allowedAddresses
    workspaceId: workspaceId
  }
  dependsOn: [monitoring]
}

// Articles, media and visits.
module contentStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: contentStorageName
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    containers: ['articles', 'media', 'drafts', 'catalogue', 'checkpoints', 'pictures']
    tables: ['visits', 'visitors']
    keepsVersions: true
    deleteLock: deleteLock
    privateNetwork: privateNetwork
    allowedAddresses: allowedAddresses
    workspaceId: workspaceId
  }
  dependsOn: [monitoring]
}

module access 'modules/access.bicep' = {
  scope: group
  params: {
    identityName: identityName
    principalId: identity.outputs.principalId
    hostStorageName: hostStorageName
    contentStorageName: contentStorageName
    applicationInsightsName: applicationInsightsName
    linksToStorage: linksToStorage
    editorsGroupId: editorsGroupId
    deployerId: deployer().objectId
  }
  dependsOn: [hostStorage, contentStorage, monitoring]
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: {
    name: networkName
    location: location
    tags: tags
    hostStorageName: hostStorageName
    contentStorageName: contentStorageName
    storageSuffix: storageSuffix
  }
  dependsOn: [hostStorage, contentStorage]
}

module frontDoor 'modules/front-door.bicep' = if (hasFrontDoor) {
  scope: group
  params: {
    name: frontDoorName
    tags: tags
    customDomain: customDomain
    appHostName: appHostName
    workspaceId: workspaceId
  }
  dependsOn: [monitoring]
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: functionAppName
    location: location
    tags: tags
    identityName: identityName
    hostStorageName: hostStorageName
    contentStorageName: contentStorageName
    applicationInsightsName: applicationInsightsName
    workspaceId: workspaceId
    storageSuffix: storageSuffix
    siteName: siteName
    siteDescription: siteDescription
    siteContact: siteContact
    contact: contact
    face: face
    siteAddress: publicUrl
    zoneRedundant: zoneRedundant
    alwaysReadyInstances: alwaysReadyInstances
    maximumInstances: maximumInstances
    instanceMemory: instanceMemory
    concurrentRequests: concurrentRequests
    linksToStorage: linksToStorage
    selfCheck: selfCheck
    siteUpdateStrategy: siteUpdateStrategy
    usePlaceholder: usePlaceholder
    subnetId: privateNetwork ? subnetId : ''
    frontDoorName: hasFrontDoor ? frontDoorName : ''
  }
  // Without its roles and the private endpoints, the app could not reach storage at start.
  dependsOn: [access, network, frontDoor, monitoring]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    name: name
    environmentName: environmentName
    location: location
    tags: tags
    email: alertEmail
    siteUrl: publicUrl
    selfCheck: selfCheck
    workspaceName: workspaceName
    applicationInsightsName: applicationInsightsName
    storageNames: [hostStorageName, contentStorageName]
  }
  dependsOn: [hostStorage, contentStorage, monitoring]
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: {
    name: 'budget-${name}-${environmentName}'
    amount: monthlyBudget
    start: budgetStart
    email: alertEmail
  }
}

@description('Resource group of the portal.')
output resourceGroupName string = resourceGroupName

@description('Name of the function app.')
output functionAppName string = functionAppName

@description('Storage account of the packages.')
output hostStorageName string = hostStorageName

@description('Storage account of articles, media and visits.')
output contentStorageName string = contentStorageName

@description('Public address of the portal.')
output publicUrl string = publicUrl

@description('Address of the portal that works before the DNS records of the domain exist.')
output endpointUrl string = 'https://${frontDoor.?outputs.endpointHostName ?? appHostName}'

@description('Value of the TXT record _dnsauth of the domain; empty without a domain.')
output domainValidationToken string = frontDoor.?outputs.validationToken ?? ''
