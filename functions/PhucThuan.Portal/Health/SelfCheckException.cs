namespace PhucThuan.Portal.Health;

/// <summary>The portal does not work for its readers. The message has one sentence for each fault.</summary>
public sealed class SelfCheckException(string message) : Exception(message);
