namespace Bento.TestBench.Fleet;

/// <summary>A rule that must always hold did not. The message has the seed and the steps that reproduce it.</summary>
public sealed class InvariantException(string message) : Exception(message);
