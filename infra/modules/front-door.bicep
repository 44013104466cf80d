metadata description = 'Front Door: the custom domain with a managed certificate, and a web application firewall.'

param name string
param tags object

@description('The portal\'s domain, without https://.')
param customDomain string

@description('Host name of the function app.')
param appHostName string
param workspaceId string

resource profile 'Microsoft.Cdn/profiles@2025-04-15' = {
  name: name
  location: 'global'
  tags: tags
  sku: { name: 'Standard_AzureFrontDoor' }
  // The worker answers every request within 30 seconds.
  properties: { originResponseTimeoutSeconds: 30 }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-04-15' = {
  parent: profile
  name: name
  location: 'global'
  tags: tags
  properties: { enabledState: 'Enabled' }
}

resource domain 'Microsoft.Cdn/profiles/customDomains@2025-04-15' = {
  parent: profile
  name: replace(customDomain, '.', '-')
  properties: {
    hostName: customDomain
    tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: 'TLS12' }
  }
}

resource origins 'Microsoft.Cdn/profiles/originGroups@2025-04-15' = {
  parent: profile
  name: 'app'
  properties: {
    loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3 }
    // No health probes: there is only one origin, and they would keep instances awake.
    healthProbeSettings: null
    sessionAffinityState: 'Disabled'
  }

  resource app 'origins' = {
    name: 'app'
    properties: {
      hostName: appHostName
      originHostHeader: appHostName
      httpsPort: 443
      enabledState: 'Enabled'
      enforceCertificateNameCheck: true
    }
  }
}

// The app's Cache-Control decides. Pages and numbers are not cached here: they are small and have entity tags.
var routes = [
  { name: 'pages', patterns: ['/*'], cached: false }
  { name: 'media', patterns: ['/media/*'], cached: true }
]

// A request that carries this header makes the Functions host wait 15 seconds and answer 500 (measured on host 4.1037).
resource requestRules 'Microsoft.Cdn/profiles/ruleSets@2025-04-15' = {
  parent: profile
  name: 'requests'

  resource invocationId 'rules' = {
    name: 'invocationid'
    properties: {
      order: 1
      matchProcessingBehavior: 'Continue'
      conditions: []
      actions: [
        {
          name: 'ModifyRequestHeader'
          parameters: {
            typeName: 'DeliveryRuleHeaderActionParameters'
            headerAction: 'Delete'
            headerName: 'x-ms-invocation-id'
          }
        }
      ]
    }
  }

  // The type of a resized picture depends on Accept, and Front Door ignores Vary. Its cache serves clients that name
  // WebP, as all browsers since 2020 do; other requests for resized pictures bypass the cache.
  resource withoutWebP 'rules' = {
    name: 'withoutwebp'
    properties: {
      order: 2
      matchProcessingBehavior: 'Continue'
      conditions: [
        {
          name: 'QueryString'
          parameters: {
            typeName: 'DeliveryRuleQueryStringConditionParameters'
            operator: 'Contains'
            negateCondition: false
            matchValues: ['w=']
            transforms: []
          }
        }
        {
          name: 'RequestHeader'
          parameters: {
            typeName: 'DeliveryRuleRequestHeaderConditionParameters'
            selector: 'Accept'
            operator: 'Contains'
            negateCondition: true
            matchValues: ['image/webp']
            transforms: ['Lowercase']
          }
        }
      ]
      actions: [
        {
          // Without a cacheConfiguration, this action turns the cache off.
          name: 'RouteConfigurationOverride'
          parameters: { typeName: 'DeliveryRuleRouteConfigurationOverrideActionParameters' }
        }
      ]
    }
  }
}

resource endpointRoutes 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-04-15' = [
  for route in routes: {
    parent: endpoint
    name: route.name
    properties: {
      originGroup: { id: origins.id }
      customDomains: [{ id: domain.id }]
      patternsToMatch: route.patterns
      supportedProtocols: ['Http', 'Https']
      forwardingProtocol: 'HttpsOnly'
      httpsRedirect: 'Enabled'
      linkToDefaultDomain: 'Enabled'
      enabledState: 'Enabled'
      ruleSets: [{ id: requestRules.id }]
      // Parameter w selects the width of a picture. Other parameters have no effect and must not fill the cache.
      cacheConfiguration: route.cached
        ? { queryStringCachingBehavior: 'IncludeSpecifiedQueryStrings', queryParameters: 'w' }
        : null
    }
    dependsOn: [origins::app, requestRules::invocationId, requestRules::withoutWebP]
  }
]

resource firewall 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2025-03-01' = {
  name: replace(name, '-', '')
  location: 'global'
  tags: tags
  sku: { name: 'Standard_AzureFrontDoor' }
  properties: {
    policySettings: { enabledState: 'Enabled', mode: 'Prevention', requestBodyCheck: 'Enabled' }
    customRules: {
      rules: [
        {
          name: 'methods'
          priority: 10
          ruleType: 'MatchRule'
          action: 'Block'
          enabledState: 'Enabled'
          matchConditions: [
            {
              matchVariable: 'RequestMethod'
              operator: 'Equal'
              negateCondition: true
              matchValue: ['GET', 'HEAD', 'POST', 'OPTIONS']
            }
          ]
        }
        {
          // Far above the traffic of a school behind one address. The app has its own rate limit for visits.
          name: 'rate'
          priority: 20
          ruleType: 'RateLimitRule'
          action: 'Block'
          enabledState: 'Enabled'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: 3000
          matchConditions: [
            {
              matchVariable: 'SocketAddr'
              operator: 'IPMatch'
              negateCondition: false
              matchValue: ['0.0.0.0/0', '::/0']
            }
          ]
        }
      ]
    }
  }
}

resource protection 'Microsoft.Cdn/profiles/securityPolicies@2025-04-15' = {
  parent: profile
  name: 'firewall'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: firewall.id }
      associations: [
        {
          domains: [{ id: endpoint.id }, { id: domain.id }]
          patternsToMatch: ['/*']
        }
      ]
    }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: profile
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FrontDoorWebApplicationFirewallLog', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output endpointHostName string = endpoint.properties.hostName
output validationToken string = domain.properties.?validationProperties.?validationToken ?? ''
