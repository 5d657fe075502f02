namespace Bento.Testing.Fleet;

/// <summary>
/// The end of a process that nobody asked: it is killed, or its machine loses its power. What it had on disk is all that is left.
/// </summary>
public sealed class PowerCutException(string message) : Exception(message);
