namespace Bento.Fleets;

/// <summary>That there is a fleet with this name.</summary>
internal sealed record FleetEntry(string Name);
