metadata description = 'All role assignments, each at the smallest possible scope.'

param identityName string
param principalId string
param hostStorageName string
param contentStorageName string
param applicationInsightsName string

@description('Let the app sign links to big files in media.')
param linksToStorage bool

@description('Object id of the Entra group; empty for none.')
param editorsGroupId string

@description('Object id of the deployer, who stores the last packages.')
param deployerId string

// The names of role assignments are derived from the identity's name, because its object id is unknown during what-if.
// If you delete the identity by hand, delete its role assignments too: Azure does not move them to a new object id.
var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  blobDelegator: 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
}
var readContainers = ['articles', 'media']
var editedContainers = ['articles', 'media', 'drafts']
var tables = ['visits', 'visitors']

resource hostStorage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostStorageName
  resource blobs 'blobServices' existing = {
    name: 'default'
    resource packages 'containers' existing = { name: 'packages' }
  }
}

resource contentStorage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: contentStorageName
}

resource contentBlobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' existing = {
  parent: contentStorage
  name: 'default'
  resource catalogue 'containers' existing = { name: 'catalogue' }
  resource checkpoints 'containers' existing = { name: 'checkpoints' }
  resource pictures 'containers' existing = { name: 'pictures' }
}

resource contentContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' existing = [
  for container in editedContainers: {
    parent: contentBlobs
    name: container
  }
]

resource contentTables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' existing = [
  for table in tables: {
    name: '${contentStorageName}/default/${table}'
  }
]

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

// The host creates its own containers for keys and timers, so it needs the whole account. It has no portal data.
resource hostOwner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hostStorage
  name: guid(hostStorage.id, identityName, roles.blobOwner)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobOwner)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

// The host creates tables for its own diagnostic events.
resource hostReports 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hostStorage
  name: guid(hostStorage.id, identityName, roles.tableContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource appReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (container, index) in readContainers: {
    scope: contentContainers[index]
    name: guid(contentContainers[index].id, identityName, roles.blobReader)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobReader)
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: 'The app reads ${container}.'
    }
  }
]

// The app reads drafts for previews, and writes one blob there: the editors' link, which it creates again when editors
// have deleted it. The condition (attribute-based access control) prevents changes of drafts; it does not restrict
// reading and listing.
var editorsLink = 'dia-chi-ban-bien-tap.txt'
var blobActions = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs'
var changingActions = ['write', 'add/action', 'delete', 'move/action']
var isNoChange = join(map(changingActions, action => '!(ActionMatches{\'${blobActions}/${action}\'})'), ' AND ')
resource appReadsDraftsAndWritesTheLink 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: contentContainers[indexOf(editedContainers, 'drafts')]
  name: guid(contentContainers[indexOf(editedContainers, 'drafts')].id, identityName, roles.blobContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: 'The app reads drafts, and writes the link of the editors\' desk there.'
    condition: '((${isNoChange}) OR (@Resource[${blobActions}:path] StringEquals \'${editorsLink}\'))'
    conditionVersion: '2.0'
  }
}

resource appWritesCatalogue 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: contentBlobs::catalogue
  name: guid(contentBlobs::catalogue.id, identityName, roles.blobContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: 'The app writes the snapshot of its catalogue.'
  }
}

// The app may read the checkpoints and append to them, which requires add/action. The condition prevents overwriting
// and deletion.
var changes = map(['write', 'delete', 'move/action'], action => '!(ActionMatches{\'${blobActions}/${action}\'})')
resource appAppendsCheckpoints 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: contentBlobs::checkpoints
  name: guid(contentBlobs::checkpoints.id, identityName, roles.blobContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: 'The app appends checkpoints of the visit count.'
    condition: '(${join(changes, ' AND ')})'
    conditionVersion: '2.0'
  }
}

// The condition prevents deletion by the app; a lifecycle rule deletes old pictures.
var removals = map(['delete', 'move/action'], action => '!(ActionMatches{\'${blobActions}/${action}\'})')
resource appStoresPictures 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: contentBlobs::pictures
  name: guid(contentBlobs::pictures.id, identityName, roles.blobContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: 'The app stores resized pictures.'
    condition: '(${join(removals, ' AND ')})'
    conditionVersion: '2.0'
  }
}

// Azure issues keys for signing only for a whole account. A link grants no more than the app's own right, reading.
resource appSignsLinks 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (linksToStorage) {
  scope: contentStorage
  name: guid(contentStorage.id, identityName, roles.blobDelegator)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDelegator)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: 'The app signs links to big files.'
  }
}

resource appCounts 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (table, index) in tables: {
    scope: contentTables[index]
    name: guid(contentTables[index].id, identityName, roles.tableContributor)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableContributor)
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: 'The app reads and writes ${table}.'
    }
  }
]

resource appReports 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: applicationInsights
  name: guid(applicationInsights.id, identityName, roles.metricsPublisher)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource editorsWrite 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (container, index) in editedContainers: if (!empty(editorsGroupId)) {
    scope: contentContainers[index]
    name: guid(contentContainers[index].id, editorsGroupId, roles.blobContributor)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
      principalId: editorsGroupId
      principalType: 'Group'
      description: 'Editors write ${container}.'
    }
  }
]

// No principalType: the deployer is a user on a laptop, and a service principal in the workflow.
resource deployerKeepsPackages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hostStorage::blobs::packages
  name: guid(hostStorage::blobs::packages.id, deployerId, roles.blobContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: deployerId
    description: 'The deployer stores the last packages.'
  }
}
