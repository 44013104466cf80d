namespace PhucThuan.Hosting;

/// <summary>
/// A function app cannot be run. The message is a sentence for the user and includes the worker's error output.
/// </summary>
public sealed class FunctionsHostException(string message, Exception? inner = null) : Exception(message, inner);
