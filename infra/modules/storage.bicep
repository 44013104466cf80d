metadata description = 'A storage account without shared keys, with its containers and tables.'

param name string
param location string
param tags object

@description('Store data in three zones of the region instead of one.')
param zoneRedundant bool
param containers array
param tables array

@description('Keep overwritten and deleted blobs for at least 90 days.')
param keepsVersions bool
param deleteLock bool

@description('Close the public endpoint, except for allowedAddresses.')
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
      // Lifecycle rules need this exception. Other Azure services that it lets in still need a role.
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

// Deletes old versions. The age of a version counts from its creation, so a version can be deleted one day after it
// was overwritten; soft delete keeps it for another daysKept. The catalogue is rewritten at each change of an article
// and needs no old versions. Soft delete keeps them anyway, because an account has only one retention period.
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
        {
          // Resized pictures are created again on request. A rule by last access would keep those in use, but Azure
          // bills access tracking as an operation for each blob and day.
          name: 'old-pictures'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['pictures/'] }
            actions: {
              baseBlob: { delete: { daysAfterCreationGreaterThan: 30 } }
              version: { delete: { daysAfterCreationGreaterThan: 1 } }
            }
          }
        }
      ]
    }
  }
  dependsOn: [blobs]
}

// Audit log of changes. Reads and table writes are not logged: a log line costs more than the visit itself.
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
    notes: 'Protects articles and visits. infra/teardown.sh removes this lock.'
  }
}
