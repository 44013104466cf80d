namespace PhucThuan.LocalHost;

/// <summary>LocalHost cannot start. The message is a sentence for the user; the exit code is 1.</summary>
public sealed class LocalHostException(string message, Exception? inner = null) : Exception(message, inner);
