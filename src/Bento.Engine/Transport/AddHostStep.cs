namespace Bento.Transport;

/// <summary>How a host gets what the server lacks for it.</summary>
internal static class AddHostStep
{
    /// <summary>The server has no key of the host.</summary>
    public static NextStep For(string host) =>
        Step("Add it with the file that holds the public key of the host.", HostName.TryParse(host, out var name) ? name : null);

    /// <summary>The server has no account of the host.</summary>
    public static NextStep WithAccount(HostName host) => Step(
        $"On NixOS declare users.users.{host} and users.groups.{host}, as fleet.nix does; elsewhere add the host, with the file that holds "
            + "its public key.",
        host);

    private static NextStep Step(string text, HostName? host) => new(text) { Verb = NextStepVerb.AddHost, Host = host };
}
