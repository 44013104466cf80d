namespace PhucThuan.Portal.Health;

/// <summary>The self-check failed. The message has one sentence per fault.</summary>
public sealed class SelfCheckException(string message) : Exception(message);
