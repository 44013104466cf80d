metadata description = 'Automatic checks, and who is alerted. infra/README.md has a runbook for each alert.'

param name string
param environmentName string
param location string
param tags object
param email string

@description('Public address of the portal, https://…')
param siteUrl string

@description('One alert on what the app finds out about itself, instead of availability tests and an alert for each fault.')
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

// The second test checks the counter: it fails until the first visit after midnight.
// Three locations (Singapore, Hong Kong, Japan), because a failure at one may be a network problem there.
var tests = [
  {
    name: pageTest
    path: '/'
    forbiddenText: ''
    locations: [{ Id: 'apac-sg-sin-azr' }, { Id: 'apac-hk-hkn-azr' }, { Id: 'apac-jp-kaw-edge' }]
  }
  { name: visitsTest, path: '/api/visits', forbiddenText: '"today":0,', locations: [{ Id: 'apac-sg-sin-azr' }] }
]

resource webTests 'Microsoft.Insights/webtests@2022-06-15' = [
  for test in tests: if (!selfCheck) {
    name: test.name
    location: location
    tags: union(tags, { 'hidden-link:${applicationInsights.id}': 'Resource' })
    kind: 'standard'
    properties: {
      Name: test.name
      SyntheticMonitorId: test.name
      Kind: 'standard'
      Enabled: true
      Frequency: 900
      Timeout: 30
      RetryEnabled: true
      Locations: test.locations
      Request: { RequestUrl: '${siteUrl}${test.path}', HttpVerb: 'GET' }
      ValidationRules: {
        ExpectedHttpStatusCode: 200
        SSLCheck: true
        SSLCertRemainingLifetimeCheck: 7
        ContentValidation: empty(test.forbiddenText)
          ? null
          : { ContentMatch: test.forbiddenText, PassIfTextFound: false }
      }
    }
  }
]

// When a reader cancels a request, for example by seeking in a video, the host logs two or three errors. One of them has
// one of these reasons (measured on host 4.1037). All errors of such a request are ignored.
var failedRequests = '''
| where SeverityLevel >= 3
| extend request = iff(isempty(OperationId), tostring(new_guid()), OperationId)
| extend text = strcat(Message, ' ', OuterMessage, ' ', InnermostMessage, ' ', tostring(Details))
| summarize leavings = countif(text has_any ('RequestCanceled', 'RequestBodyCanceled', 'ResponseBodyCanceled')) by request
| where leavings == 0
'''

// The host logs the line of a timer that succeeded. The timer runs every hour; when that line is missing for two and a
// half hours, the portal is down, storage is, nothing was counted for a day, or the log quota is exhausted.
var problems = '''
| summarize number = count()
| where number > 5
| project problem = 'failures';
let damaged = AppTraces
| where TimeGenerated > ago(30m) and SeverityLevel >= 3 and Message contains 'Damaged row'
| summarize number = count()
| where number > 0
| project problem = 'damaged-row';
let unchecked = AppTraces
| where TimeGenerated > ago(150m) and Message startswith "Executed 'Functions.Housekeeping' (Succeeded"
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
    description: 'The hourly check has not succeeded for 150 minutes, requests failed, or a row is damaged; the result says which.'
    // One query for all, because each costs 0.50 a month. Periods overlap, because a log line arrives minutes late.
    query: 'let failures = union isfuzzy=true AppTraces, AppExceptions\n| where TimeGenerated > ago(30m)\n${failedRequests}${problems}'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT3H'
    frequency: 'PT15M'
  }
  {
    name: 'failures'
    selfCheck: false
    severity: 1
    description: 'More than 5 requests logged errors in 15 minutes, canceled requests not counted.'
    query: 'union AppTraces, AppExceptions\n${failedRequests}'
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'damaged-row'
    selfCheck: false
    severity: 1
    description: 'A row of table visits cannot be read; views are refused or left out until it is repaired.'
    // Errors about refused views have these words after the address.
    query: 'AppTraces | where SeverityLevel >= 3 and Message contains "Damaged row"'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'latency'
    selfCheck: false
    severity: 2
    description: 'The home page took more than 3 seconds in half of the twelve tests of an hour.'
    query: 'AppAvailabilityResults | where Name == "${pageTest}" and DurationMs > 3000'
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT1H'
    frequency: 'PT1H'
  }
  {
    name: 'no-visits'
    selfCheck: false
    severity: 2
    description: 'No test of a whole day found a visit counted since midnight.'
    query: 'AppAvailabilityResults | where Name == "${visitsTest}" and Success == true'
    operator: 'LessThan'
    threshold: 1
    window: 'P1D'
    frequency: 'PT1H'
  }
  {
    name: 'log-limit'
    selfCheck: false
    severity: 2
    description: 'The daily log quota is exhausted; no other log alert can fire until tomorrow.'
    // The workspace writes its own operation log even then.
    query: '_LogOperation | where Category =~ "Ingestion" and Detail contains "OverQuota"'
    operator: 'GreaterThan'
    threshold: 0
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
      // A table that was never written to does not exist.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

// A metric alert, because it does not depend on the daily log quota.
resource unreachable 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!selfCheck) {
  name: 'unreachable-${name}-${environmentName}'
  location: 'global'
  tags: tags
  properties: {
    description: 'More than half of the tests of the home page failed in half an hour.'
    enabled: true
    severity: 1
    scopes: [applicationInsights.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT30M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'answered'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Insights/components'
          metricName: 'availabilityResults/availabilityPercentage'
          timeAggregation: 'Average'
          operator: 'LessThan'
          threshold: 50
          dimensions: [{ name: 'availabilityResult/name', operator: 'Include', values: [pageTest] }]
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

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
