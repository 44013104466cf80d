metadata description = 'Availability tests. Metric alerts rest on their results.'

param location string
param tags object

@description('Public address of the portal, https://…')
param siteUrl string
param applicationInsightsId string

@description('Name of the test of the home page.')
param pageTest string

@description('Name of the test of the visit counter.')
param visitsTest string

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
    tags: union(tags, { 'hidden-link:${applicationInsightsId}': 'Resource' })
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
