namespace PhucThuan.Hosting;

/// <summary>A function app cannot be run. The message is a sentence for the user, with the worker's own words if it has any.</summary>
public sealed class FunctionsHostException(string message, Exception? inner = null) : Exception(message, inner);
