metadata description = 'A storage account that knows identities and no keys, with its containers and tables.'

param name string
param location string
param tags object

@description('Three zones of the region, or one.')
param zoneRedundant bool
param containers array
param tables array

@description('Keep what was overwritten or deleted, for 90 days at least.')
param keepsVersions bool
param deleteLock bool

@description('Close the public endpoint to all but allowedAddresses.')
param privateNetwork bool
param allowedAddresses array
param workspaceId string

var daysKept = 90

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    allowedCopyScope: 'AAD'
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateNetwork && empty(allowedAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      // Azure's lifecycle rules come through this exception; whoever else does still needs a role.
      bypass: keepsVersions ? 'AzureServices' : 'None'
      defaultAction: privateNetwork ? 'Deny' : 'Allow'
      ipRules: [for address in (privateNetwork ? allowedAddresses : []): { action: 'Allow', value: address }]
      virtualNetworkRules: []
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: keepsVersions
    deleteRetentionPolicy: { enabled: true, days: keepsVersions ? daysKept : 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: keepsVersions ? daysKept : 7 }
  }
}

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for container in containers: {
    parent: blobs
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = if (!empty(tables)) {
  parent: account
  name: 'default'
}

resource storageTables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [
  for table in tables: {
    parent: tableService
    name: table
  }
]

// Without rules versions would pile up. A version's age is counted from when it was written, so what is deleted here may have
// been read by everybody until yesterday; but it is deleted softly, and daysKept begin only then. The catalogue is written anew
// at each change of an article, and nobody wants an old one back: soft delete keeps it too, for no account has two periods.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-01-01' = if (keepsVersions) {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'old-versions'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: daysKept } } }
          }
        }
        {
          name: 'old-catalogues'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['catalogue/'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: 1 } } }
          }
        }
      ]
    }
  }
  dependsOn: [blobs]
}

// Who changed what; reads are not logged, and rows of tables neither: each visit would be a line that costs more than it.
resource blobLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource tableLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(tables)) {
  scope: tableService
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  scope: account
  name: 'articles-and-visits'
  properties: {
    level: 'CanNotDelete'
    notes: 'Articles and visits are here. infra/teardown.sh takes this lock off.'
  }
}
