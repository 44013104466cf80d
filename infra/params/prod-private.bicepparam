// Variables are described in infra/README.md; deploy.sh sets BUDGET_START.
using '../main.bicep'

param environmentName = 'prod'
param location = readEnvironmentVariable('AZURE_LOCATION', 'southeastasia')
param siteName = 'Cổng thông tin xã Phúc Thuận'
param siteDescription = 'Tin tức, thông báo và thủ tục hành chính của xã.'
param contact = {
  body: 'Ủy ban nhân dân xã Phúc Thuận'
  address: 'Xã Phúc Thuận, tỉnh Thái Nguyên'
  links: 'Cổng Dịch vụ công quốc gia = https://dichvucong.gov.vn'
}
param editorsGroupId = readEnvironmentVariable('EDITORS_GROUP_ID')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
param monthlyBudget = 110
param budgetStart = readEnvironmentVariable('BUDGET_START')
param zoneRedundant = true
param alwaysReadyInstances = 2
param maximumInstances = 40
param instanceMemory = 2048
param privateNetwork = true
param selfCheck = false
// Addresses of the editors' office and of the deploying machine, such as "203.0.113.4,198.51.100.0/24"; may be empty.
param allowedAddresses = filter(
  map(split(readEnvironmentVariable('ALLOWED_ADDRESSES', ''), ','), address => trim(address)),
  address => !empty(address)
)
param deleteLock = true
param logDays = 90
