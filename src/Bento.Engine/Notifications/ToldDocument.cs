namespace Bento.Notifications;

/// <summary>What channels were told, as it is kept: for each the hosts that it knows to need somebody, with their state.</summary>
internal sealed record ToldDocument(int Schema, Dictionary<string, Dictionary<string, Status.HostState>> Channels);
