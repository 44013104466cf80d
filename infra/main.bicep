targetScope = 'subscription'

metadata description = 'The portal: one resource group with everything in it. infra/README.md tells how to deploy it.'

@description('Short name of the portal, the first part of every name: small letters and digits, a letter first.')
@minLength(3)
@maxLength(12)
param name string = 'phucthuan'

@description('Which deployment of the portal this is: dev, prod.')
@minLength(2)
@maxLength(10)
param environmentName string

@description('Azure region. Flex Consumption must be offered there: az functionapp list-flexconsumption-locations.')
param location string

@description('The portal\'s name in the header of every page.')
@minLength(1)
@maxLength(100)
param siteName string

@description('A sentence about the portal, for search engines.')
@minLength(1)
@maxLength(300)
param siteDescription string

@description('Who runs the portal and how they are reached, at the foot of every page; lines are separated by |. Empty: nothing.')
@maxLength(500)
param siteContact string = ''

@description('Domain of the portal, such as phucthuan.example.vn. With one, readers come through Front Door and its firewall and the function app is closed to everybody else; empty: readers use the function app\'s own address.')
param customDomain string = ''

@description('Object id of the Entra group of editors; empty: nobody but the owners of the subscription may grant access to articles.')
param editorsGroupId string = ''

@description('Who gets the alerts and the warnings about costs.')
param alertEmail string

@description('Warn when a month costs more, in the currency of the subscription.')
@minValue(1)
param monthlyBudget int

@description('First day of the month in which the budget began. Azure refuses another one later, so deploy.sh passes what is there.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('Keep storage and instances in three zones of the region.')
param zoneRedundant bool

@description('Instances that are kept warm for readers; 0: the first reader after a pause waits for a start.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int

@description('The most instances in a rush.')
@minValue(40)
@maxValue(1000)
param maximumInstances int

@description('Memory of an instance in MiB; processors come in proportion, one at 2048.')
@allowed([512, 2048, 4096])
param instanceMemory int

@description('Requests that one instance serves at a time before another instance is started.')
@minValue(1)
@maxValue(1000)
param concurrentRequests int = 100

@description('Start from a warm placeholder process of the platform. False avoids crashes at start (azure-functions-dotnet-worker#3335) and starts slower.')
param usePlaceholder bool = true

@description('Put storage on a virtual network, reached through private endpoints.')
param privateNetwork bool

@description('With privateNetwork: public IPv4 addresses or ranges that may reach storage too, such as the editors\' office.')
param allowedAddresses array = []

@description('Refuse to delete the account with articles and visits until the lock is taken off.')
param deleteLock bool

@description('Days for which logs are kept.')
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
// Public Azure, as in the portal's own code. environment() would do, but snapshots could not show what it leads to.
#disable-next-line no-hardcoded-env-urls
var storageSuffix = 'core.windows.net'
// Made of names, not read from outputs of modules, so that what-if and the snapshots show them.
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

// Packages, keys and timers: what the Functions host keeps for itself.
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

// What people wrote, and what was counted.
module contentStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: contentStorageName
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    containers: ['articles', 'media', 'drafts', 'catalogue']
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
    siteAddress: publicUrl
    zoneRedundant: zoneRedundant
    alwaysReadyInstances: alwaysReadyInstances
    maximumInstances: maximumInstances
    instanceMemory: instanceMemory
    concurrentRequests: concurrentRequests
    usePlaceholder: usePlaceholder
    subnetId: privateNetwork ? subnetId : ''
    frontDoorName: hasFrontDoor ? frontDoorName : ''
  }
  // An app that starts before its roles, or before the private endpoints and their names, finds storage closed.
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

@description('Where everything is.')
output resourceGroupName string = resourceGroupName

@description('The function app to publish to.')
output functionAppName string = functionAppName

@description('Account with the containers of packages.')
output hostStorageName string = hostStorageName

@description('Account with articles, pictures and visits.')
output contentStorageName string = contentStorageName

@description('Where readers find the portal.')
output publicUrl string = publicUrl

@description('Where the portal answers before the records of its own domain are made.')
output endpointUrl string = 'https://${frontDoor.?outputs.endpointHostName ?? appHostName}'

@description('Value of the TXT record _dnsauth of the domain; empty without one.')
output domainValidationToken string = frontDoor.?outputs.validationToken ?? ''
