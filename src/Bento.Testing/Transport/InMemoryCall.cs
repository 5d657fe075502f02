namespace Bento.Testing.Transport;

/// <summary>One call to the server in memory.</summary>
/// <param name="Operation">connect, areas, lock, ensure, check, read, write, replace, list or delete.</param>
/// <param name="Host">Whose area; the default value where it concerns none.</param>
/// <param name="Path">The path in the area, or empty.</param>
public sealed record InMemoryCall(string Operation, HostName Host, string Path);
