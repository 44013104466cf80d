using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Site.Contact;

/// <summary>
/// Responsible body and contact, from section <c>Contact</c>. Shown in the footer of each page, on 404 pages and for
/// searches without results. The press law requires the responsible body, the responsible person, the licence and the
/// address on each page. Values that are not set are not shown.
/// </summary>
public sealed record ContactOptions : IValidatableObject
{
    public const string Section = "Contact";

    private const int MaxText = 200;
    private const int MaxPhones = 10;
    private const int MaxLinks = 12;

    private const string PhoneRule =
        "allowed are up to 10 entries such as 'Bộ phận Một cửa: 0208 3863 123', separated by '|', each with a name of "
            + "1 to 60 characters and a number of 3 to 15 digits";

    private const string LinkRule =
        "allowed are up to 12 entries such as 'Dịch vụ công = https://dichvucong.gov.vn', separated by '|', each with "
            + "a name of 1 to 60 characters and an address with https, http or mailto";

    /// <summary>Responsible body: <c>Ủy ban nhân dân xã Phúc Thuận</c>.</summary>
    public string? Body { get; init; }

    /// <summary>Responsible person and office.</summary>
    public string? Person { get; init; }

    /// <summary>Number, date and issuer of the licence.</summary>
    public string? Licence { get; init; }

    /// <summary>Street address of the responsible body.</summary>
    public string? Address { get; init; }

    /// <summary>Opening hours.</summary>
    public string? Hours { get; init; }

    /// <summary>Entries <c>name: number</c>, separated by <c>|</c>, the most important first.</summary>
    public string? Phones { get; init; }

    public string? Email { get; init; }

    /// <summary>Entries <c>name = address</c>, separated by <c>|</c>: province, public services, feedback.</summary>
    public string? Links { get; init; }

    /// <summary>The parsed <see cref="Phones"/>.</summary>
    public IReadOnlyList<ContactPhone> PhoneList =>
        [.. Split(Phones).Select(ContactPhone.Parse).OfType<ContactPhone>()];

    /// <summary>The parsed <see cref="Links"/>.</summary>
    public IReadOnlyList<ContactLink> LinkList => [.. Split(Links).Select(ContactLink.Parse).OfType<ContactLink>()];

    /// <summary>True when a telephone number or an e-mail address is set.</summary>
    public bool HasHelpContact => PhoneList.Count > 0 || !string.IsNullOrWhiteSpace(Email);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, text) in new[]
        {
            (nameof(Body), Body), (nameof(Person), Person), (nameof(Licence), Licence), (nameof(Address), Address),
            (nameof(Hours), Hours),
        })
        {
            if (text?.Length > MaxText)
            {
                yield return new($"Contact:{name} has {text.Length} characters; allowed are {MaxText}.");
            }
        }

        if (Find(Phones, MaxPhones, ContactPhone.Parse) is { } phone)
        {
            yield return new($"Contact:Phones has '{phone}'; {PhoneRule}.");
        }

        if (Find(Links, MaxLinks, ContactLink.Parse) is { } link)
        {
            yield return new($"Contact:Links has '{link}'; {LinkRule}.");
        }

        if (!string.IsNullOrWhiteSpace(Email)
            && (!MailAddress.TryCreate(Email, out var mail) || mail.Address != Email || !Email.All(char.IsAscii)))
        {
            yield return new(
                $"Contact:Email is '{Email}'; allowed is an address such as vanphong@phucthuan.example.vn.");
        }
    }

    /// <summary>The first entry that is invalid or exceeds the limit; null when all are valid.</summary>
    private static string? Find<T>(string? entries, int limit, Func<string, T?> parse)
        where T : class =>
        Split(entries).Where((entry, index) => index >= limit || parse(entry) is null).FirstOrDefault();

    private static string[] Split(string? entries) =>
        entries?.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

[OptionsValidator]
internal sealed partial class ContactOptionsValidator : IValidateOptions<ContactOptions>;
