metadata description = 'Automatic checks, and who is alerted. infra/README.md has a runbook for each alert.'

param name string
param environmentName string
param location string
param tags object
param email string

@description('Public address of the portal, https://…')
param siteUrl string

@description('One alert on the self-check of the app, instead of availability tests and an alert for each fault.')
param selfCheck bool
param workspaceName string
param applicationInsightsName string
param storageNames array

var pageTest = 'page-${name}-${environmentName}'
var visitsTest = 'visits-${name}-${environmentName}'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}-${environmentName}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: take(name, 12)
    emailReceivers: [{ name: 'mail', emailAddress: email, useCommonAlertSchema: true }]
  }
}

module availabilityTests 'availability.bicep' = if (!selfCheck) {
  params: {
    location: location
    tags: tags
    siteUrl: siteUrl
    applicationInsightsId: applicationInsights.id
    pageTest: pageTest
    visitsTest: visitsTest
  }
}

// The app counts failures as metrics (docs/telemetry.md). A metric alert cannot detect the absence of a metric: Azure
// does not document its behaviour without values. Therefore a commune has one log alert for everything, which costs
// 0.50 a month. The timer runs every hour. If no run has succeeded for two and a half hours, the portal or storage is
// down, nothing was counted for a day, or the log quota is exhausted. Periods overlap, because metrics arrive late.
var problems = '''
let measured = AppMetrics
| where TimeGenerated > ago(150m) and Name startswith 'portal.';
let failures = measured
| where TimeGenerated > ago(30m) and Name == 'portal.request.failures'
| summarize number = sum(Sum)
| where number > 5
| project problem = 'failures';
let damaged = measured
| where TimeGenerated > ago(30m) and Name == 'portal.damaged_rows'
| summarize number = sum(Sum)
| where number > 0
| project problem = 'damaged-row';
let unchecked = measured
| where Name == 'portal.housekeeping.runs' and tostring(Properties.outcome) == 'succeeded'
| summarize number = count()
| where number == 0
| project problem = 'self-check';
union failures, damaged, unchecked
'''

var queries = [
  {
    name: 'problems'
    selfCheck: true
    severity: 1
    description: 'The hourly check has not succeeded for 150 minutes, requests failed, or a row is damaged; the query result shows which.'
    query: problems
    window: 'PT3H'
    frequency: 'PT15M'
  }
  {
    name: 'log-limit'
    selfCheck: false
    severity: 2
    description: 'The daily log quota is exhausted; nothing is logged until tomorrow.'
    // The workspace still writes its own operation log.
    query: '_LogOperation | where Category =~ "Ingestion" and Detail contains "OverQuota"'
    window: 'PT1H'
    frequency: 'PT1H'
  }
]

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in queries: if (rule.selfCheck == selfCheck) {
    name: '${rule.name}-${name}-${environmentName}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${rule.name} ${name} ${environmentName}'
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [workspace.id]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      autoMitigate: true
      // A table does not exist before the first write.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

// Metrics of the app and of availability tests. Metrics of the app have no dimensions: Application Insights drops them
// by default, and each value would be billed.
var appMetrics = 'azure.applicationinsights'
var availability = 'Microsoft.Insights/components'
var metrics = [
  {
    name: 'failures'
    severity: 1
    description: 'More than 5 requests failed in 15 minutes.'
    namespace: appMetrics
    metric: 'portal.request.failures'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 5
    test: ''
    window: 'PT15M'
    frequency: 'PT5M'
  }
  {
    name: 'damaged-row'
    severity: 1
    description: 'A row of table visits cannot be read; views are refused or left out until it is repaired.'
    namespace: appMetrics
    metric: 'portal.damaged_rows'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
    test: ''
    window: 'PT15M'
    frequency: 'PT5M'
  }
  {
    name: 'latency'
    severity: 2
    description: 'The tests of the home page took more than 3 seconds on average of an hour.'
    namespace: availability
    metric: 'availabilityResults/duration'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 3000
    test: pageTest
    window: 'PT1H'
    frequency: 'PT15M'
  }
  {
    name: 'no-visits'
    severity: 2
    description: 'No test of a whole day found a visit counted since midnight.'
    namespace: availability
    metric: 'availabilityResults/availabilityPercentage'
    aggregation: 'Average'
    operator: 'LessThan'
    // One of 96 tests is more than 1 %.
    threshold: 1
    test: visitsTest
    window: 'P1D'
    frequency: 'PT1H'
  }
  {
    name: 'unreachable'
    severity: 1
    description: 'More than half of the tests of the home page failed in half an hour.'
    namespace: availability
    metric: 'availabilityResults/availabilityPercentage'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 50
    test: pageTest
    window: 'PT30M'
    frequency: 'PT5M'
  }
]

resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in metrics: if (!selfCheck) {
    name: '${rule.name}-${name}-${environmentName}'
    location: 'global'
    tags: tags
    properties: {
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [applicationInsights.id]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: rule.name
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: rule.namespace
            metricName: rule.metric
            timeAggregation: rule.aggregation
            operator: rule.operator
            threshold: rule.threshold
            dimensions: empty(rule.test)
              ? []
              : [{ name: 'availabilityResult/name', operator: 'Include', values: [rule.test] }]
            // The metric does not exist before the app has sent it.
            skipMetricValidation: rule.namespace == appMetrics
          }
        ]
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]

resource storageErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for storageName in storageNames: if (!selfCheck) {
    name: 'storage-errors-${storageName}'
    location: 'global'
    tags: tags
    properties: {
      description: 'More than 10 storage requests failed with the same error type in 15 minutes.'
      enabled: true
      severity: 1
      scopes: [resourceId('Microsoft.Storage/storageAccounts', storageName)]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: 'failed'
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: 'Microsoft.Storage/storageAccounts'
            metricName: 'Transactions'
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 10
            // Each value is a separate time series, which is billed.
            dimensions: [
              {
                name: 'ResponseType'
                operator: 'Include'
                values: [
                  'AuthorizationError'
                  'NetworkError'
                  'ServerBusyError'
                  'ServerOtherError'
                  'ServerTimeoutError'
                ]
              }
            ]
          }
        ]
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]
