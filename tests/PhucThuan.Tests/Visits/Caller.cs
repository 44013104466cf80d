using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Tests.Visits;

/// <summary>A client that sends the same headers with every request.</summary>
internal sealed class Caller(HttpClient client, string agent, params (string Name, string Value)[] headers)
{
    private static int _readers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A browser with a user agent that no other test uses.</summary>
    public static Caller NewReader(HttpClient client, params (string Name, string Value)[] headers)
    {
        var version = Interlocked.Increment(ref _readers).ToString(CultureInfo.InvariantCulture);
        var agent = TestBrowser.UserAgent.Replace("153.0.0", $"153.0.{version}", StringComparison.Ordinal);
        return new Caller(client, agent, headers);
    }

    /// <summary>Sends a view of an article.</summary>
    public Task<VisitResponse> ViewAsync(string slug, string query = "") =>
        SendAsync(HttpMethod.Post, $"/api/visits/{slug}{query}");

    public Task<VisitResponse> GetPictureAsync(string slug) => SendAsync(HttpMethod.Get, $"/api/visits/{slug}.svg");

    public async Task<VisitNumbers> GetNumbersAsync(string slug) =>
        (await SendAsync(HttpMethod.Get, "/api/visits/" + slug)).Numbers!;

    public async Task<VisitResponse> SendAsync(HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.ParseAdd(agent);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await client.SendAsync(request, Cancellation);
        return new VisitResponse(
            response.StatusCode,
            response.Headers.TryGetValues(VisitEndpoints.ResultHeader, out var values) ? values.Single() : null,
            response.Content.Headers.ContentType?.MediaType == "application/json"
                ? await response.Content.ReadFromJsonAsync<VisitNumbers>(Cancellation)
                : null);
    }
}

/// <param name="Outcome">Outcome of the view: header <c>X-Visit</c>.</param>
/// <param name="Numbers">Null when the body is not JSON.</param>
internal sealed record VisitResponse(HttpStatusCode Status, string? Outcome, VisitNumbers? Numbers);
