using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Health;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Tests.Health;

public sealed class HealthEndpointTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Liveness_is_public()
    {
        using var response = await portal.Client.GetAsync("api/health", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"status":"ok"}""", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task The_report_requires_its_key(string? key)
    {
        using var response = await GetReportAsync(key);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task The_report_has_version_catalogue_and_last_commit()
    {
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        using var visit = await portal.Client.PostAsync(
            $"api/visits/{TestArticle.Slug}?visit=true",
            null,
            Cancellation);
        Assert.Equal(HttpStatusCode.OK, visit.StatusCode);

        using var response = await GetReportAsync(PortalFixture.FunctionKey);
        var report = await response.Content.ReadFromJsonAsync<HealthReport>(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ok", report!.Status);
        Assert.Matches(@"^\d+\.\d+", report.Version);
        Assert.Equal(1, report.Catalogue!.Articles);
        Assert.InRange(report.Catalogue.AgeSeconds, 0, 300);
        Assert.True(report.Started > before, $"{report.Started}");
        Assert.True(report.LastCommit > before, $"{report.LastCommit}");
        Assert.Null(report.Faults);
    }

    [Fact]
    public async Task A_failing_storage_service_is_reported_with_its_error_code_only()
    {
        var services = portal.Host.Services;
        var account = portal.Storage.ConnectionString.Replace(
            "AccountKey=", "AccountKey=QUFB", StringComparison.Ordinal); // a wrong key
        var endpoint = ActivatorUtilities.CreateInstance<HealthEndpoint>(
            services,
            new BlobServiceClient(account),
            new TableServiceClient(account),
            services.GetRequiredService<PartitionRegistry>(),
            services.GetRequiredService<CatalogueCache>());

        var result = Assert.IsType<JsonHttpResult<HealthReport>>(
            await endpoint.GetReportAsync(new DefaultHttpContext().Request, Cancellation));

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, result.StatusCode);
        Assert.Equal("failing", result.Value!.Status);
        Assert.Equal(["blobs", "tables"], result.Value.Faults!.Keys.Order(StringComparer.Ordinal));
        Assert.All(result.Value.Faults.Values, fault => Assert.Matches("^[A-Za-z]+$", fault));
        Assert.Null(result.Value.Catalogue);
        Assert.Null(result.Value.LastCommit);
    }

    private async Task<HttpResponseMessage> GetReportAsync(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/health/report");
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await portal.Client.SendAsync(request, Cancellation);
    }
}
