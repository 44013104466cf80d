// Variables are described in infra/README.md; deploy.sh sets BUDGET_START.
using '../main.bicep'

param environmentName = 'commune'
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
param monthlyBudget = 5
param budgetStart = readEnvironmentVariable('BUDGET_START')
param zoneRedundant = false
param alwaysReadyInstances = 0
param maximumInstances = 40
param instanceMemory = 512
param privateNetwork = false
param selfCheck = true
param deleteLock = true
param logDays = 30
