namespace Bento.Hosts;

/// <summary>A secret of a host as it lies in the Bento directory.</summary>
/// <param name="Path">The path that it has on the host, relative to the directory of the secrets.</param>
/// <param name="FullPath">Where it can be read.</param>
internal sealed record SecretSource(string Path, string FullPath);
