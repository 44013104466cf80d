using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>
/// Restricts a trigger to GET and HEAD. The Functions host answers 404 for a method that a trigger does not list, so
/// triggers accept all methods and answer 405 with <c>Allow</c> (RFC 9110, 15.5.6) themselves.
/// </summary>
public static class Methods
{
    public static Task<IResult> GetOrHead(
        HttpRequest request, Func<Task<IResult>> respond, string allow = "GET, HEAD") =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? respond()
            : Task.FromResult<IResult>(PortalError.MethodNotAllowed(allow));
}
