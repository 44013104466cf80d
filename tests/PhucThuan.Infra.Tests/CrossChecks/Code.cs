using System.Reflection;
using PhucThuan.Functions;
using PhucThuan.Portal;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>Names in the code that infra/ and docs/ must match, read from the assemblies by reflection.</summary>
internal static class Code
{
    private const BindingFlags Constants = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    private static readonly Type[] PortalTypes = typeof(PortalServices).Assembly.GetTypes();

    /// <summary>Options classes by configuration section.</summary>
    public static IReadOnlyDictionary<string, Type> Options { get; } = PortalTypes
        .Where(type => type.GetField("Section", Constants) is { IsLiteral: true })
        .ToDictionary(type => (string)type.GetField("Section", Constants)!.GetRawConstantValue()!);

    /// <summary>Settings as environment variables, such as <c>Site__Name</c>.</summary>
    public static IReadOnlyList<string> Settings { get; } = [.. Options
        .SelectMany(section =>
            section.Value.GetProperties()
                .Where(property => property.CanWrite)
                .Select(property => $"{section.Key}__{property.Name}"))
        .Order(StringComparer.Ordinal)];

    /// <summary>Blob containers that the portal opens.</summary>
    public static IReadOnlyList<string> Containers { get; } = Named(_ => true, "ContainerName");

    /// <summary>Tables that the portal opens.</summary>
    public static IReadOnlyList<string> Tables { get; } =
        Named(type => type.Name.EndsWith("Table", StringComparison.Ordinal), "Name");

    /// <summary>Trigger methods of the function app.</summary>
    public static IReadOnlyList<MethodInfo> Functions { get; } = [.. typeof(ArticleFunctions).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => Attribute(method, "FunctionAttribute") is not null)];

    public static string NameOf(MethodInfo function) =>
        (string)Attribute(function, "FunctionAttribute")!.ConstructorArguments[0].Value!;

    /// <summary>Null for a timer trigger.</summary>
    public static string? RouteOf(MethodInfo function) => function.GetParameters()
        .SelectMany(parameter => parameter.CustomAttributes)
        .SingleOrDefault(attribute => attribute.AttributeType.Name == "HttpTriggerAttribute")?
        .NamedArguments.Single(argument => argument.MemberName == "Route").TypedValue.Value as string;

    /// <summary>Null for an HTTP trigger.</summary>
    public static string? ScheduleOf(MethodInfo function) => function.GetParameters()
        .SelectMany(parameter => parameter.CustomAttributes)
        .SingleOrDefault(attribute => attribute.AttributeType.Name == "TimerTriggerAttribute")?
        .ConstructorArguments[0].Value as string;

    private static CustomAttributeData? Attribute(MethodInfo method, string name) =>
        method.CustomAttributes.SingleOrDefault(attribute => attribute.AttributeType.Name == name);

    private static IReadOnlyList<string> Named(Func<Type, bool> isMeant, string constant) => [.. PortalTypes
        .Where(isMeant)
        .Select(type => type.GetField(constant, Constants))
        .OfType<FieldInfo>()
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!)
        .Distinct()
        .Order(StringComparer.Ordinal)];
}
