metadata description = 'Automatic checks, and who is alerted. infra/README.md has a runbook for each alert.'

param name string
param environmentName string
param location string
param tags object
param email string

@description('Public address of the portal, https://…')
param siteUrl string
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
  for test in tests: {
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

var queries = [
  {
    name: 'failures'
    severity: 1
    description: 'More than 5 requests logged errors in 15 minutes, canceled requests not counted.'
    // When a reader cancels a request, for example by seeking in a video, the host logs two or three errors. One of
    // them has one of these reasons (measured on host 4.1037). All errors of such a request are ignored.
    query: '''
union AppTraces, AppExceptions
| where SeverityLevel >= 3
| extend request = iff(isempty(OperationId), tostring(new_guid()), OperationId)
| extend text = strcat(Message, ' ', OuterMessage, ' ', InnermostMessage, ' ', tostring(Details))
| summarize leavings = countif(text has_any ('RequestCanceled', 'RequestBodyCanceled', 'ResponseBodyCanceled')) by request
| where leavings == 0
'''
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'damaged-row'
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
  for rule in queries: {
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
resource unreachable 'Microsoft.Insights/metricAlerts@2018-03-01' = {
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
  for storageName in storageNames: {
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
