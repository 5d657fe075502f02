namespace Bento.PostgreSql;

/// <summary>How the tables of a database stand to this program.</summary>
/// <param name="Version">The version of the tables; 0 where there are none.</param>
/// <param name="Needed">The version that this program works with.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct SchemaState(int Version, int Needed)
{
    /// <summary>Whether this program works with them.</summary>
    public bool IsCurrent => Version == Needed;
}
